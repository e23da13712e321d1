import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '#store/open.ts';
import { madeUp } from './made-up.ts';

/** Events of each agreement in a large log. */
export const PER_AGREEMENT = 1_000;
const TERMS = 20;

/** A log of so many events in agreements of a thousand, made once for a run; its path. */
export const logOf = async (folder: string, events: number): Promise<string> => {
  const path = join(folder, `log-${events}.db`);
  if (existsSync(path)) return path;
  await using store = await openStore(`sqlite:${path}`);
  for (let n = 0; n < events / PER_AGREEMENT; n++) {
    const agreement = `a${n}`;
    const some = madeUp(PER_AGREEMENT, { agreement, terms: TERMS });
    await store.append(`agreement-${agreement}`, some, 'any');
  }
  return path;
};

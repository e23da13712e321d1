import type { Placed } from './timeline.ts';
import type { LeftOut, VersionHead } from './version-source.ts';

/** How many versions are read before their turn has come: sources answer many at once sooner than one by one. */
const AHEAD = 32;

/** A version with its text: absent for one that has none or whose text nobody needs, or why it can't be read. */
export type ReadVersion = { readonly placed: Placed; readonly text: string | LeftOut | undefined };

type Read = (head: VersionHead) => Promise<string | LeftOut>;

const started = (placed: Placed, read: Read): Promise<ReadVersion> => {
  const { head, idle } = placed;
  if (idle !== undefined || head.content === undefined)
    return Promise.resolve({ placed, text: undefined });
  const reading = read(head).then((text) => ({ placed, text }));
  // Whoever ends early leaves some behind; what they come to is nobody's concern then.
  reading.catch(() => undefined);
  return reading;
};

/** Versions in their order, each with its text, read some way ahead. */
export async function* readAhead(
  versions: readonly Placed[],
  read: Read,
): AsyncGenerator<ReadVersion> {
  const under: Promise<ReadVersion>[] = [];
  for (const version of versions) {
    under.push(started(version, read));
    const next = under.length > AHEAD ? under.shift() : undefined;
    if (next !== undefined) yield await next;
  }
  for (const reading of under) yield await reading;
}

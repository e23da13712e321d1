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

/** Versions in their order, each with its text, read some way ahead; many at once, as often as half of them are used. */
export async function* readAhead(
  versions: readonly Placed[],
  read: Read,
): AsyncGenerator<ReadVersion> {
  const under: Promise<ReadVersion>[] = [];
  let next = 0;
  for (;;) {
    if (under.length <= AHEAD / 2) {
      const more = versions.slice(next, next + AHEAD - under.length);
      next += more.length;
      under.push(...more.map((version) => started(version, read)));
    }
    const first = under.shift();
    if (first === undefined) return;
    yield await first;
  }
}

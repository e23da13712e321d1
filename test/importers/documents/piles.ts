import { createApp } from '#app/create-app.ts';
import { question } from '#app/question.ts';
import type { EdtfOrInstant } from '#events/instants.ts';
import { importPile, lookThrough, type PileReport } from '#importers/documents/import-pile.ts';
import type { Order } from '#importers/documents/timeline.ts';
import type { VersionHead, VersionSource } from '#importers/documents/version-source.ts';
import { textOf } from '#projections/text.ts';
import type { EventStore } from '#store/store.ts';

/** A version of a pile made up for a test; no text: withdrawn. */
export type MadeUp = {
  readonly path?: string;
  readonly at: string;
  readonly text?: string | undefined;
  readonly renamedFrom?: string;
};

const headOf = ({ path = 'policy.md', at, text, renamedFrom }: MadeUp, i: number): VersionHead => ({
  path,
  versionId: `commit${i + 1}`,
  order: i + 1,
  // Written as a date or an instant; the pile is parsed where it is real.
  announcedAt: at as EdtfOrInstant,
  title: `Change ${i + 1}`,
  sources: [],
  ...(text !== undefined && { content: `${i}` }),
  ...(renamedFrom !== undefined && { renamedFrom }),
});

export const pileOf = (versions: readonly MadeUp[]): VersionSource => ({
  name: 'pile',
  async *heads() {
    yield* versions.map(headOf);
  },
  read: async ({ content }) => versions[Number(content)]?.text ?? '',
  [Symbol.asyncDispose]: async () => undefined,
});

type Options = { readonly order?: Order; readonly most?: number };

/** Imports a pile, or stops behind so many versions. */
export const importInto = async (
  log: EventStore,
  versions: readonly MadeUp[],
  { order = 'date', most = Number.POSITIVE_INFINITY }: Options = {},
): Promise<PileReport> => {
  const source = pileOf(versions);
  const stop = new AbortController();
  let done = 0;
  return importPile(await lookThrough(source, ''), {
    source,
    log,
    by: 'test',
    order,
    timeZone: 'UTC',
    publisher: 'Publisher',
    onVersion: () => {
      done++;
      if (done >= most) stop.abort();
    },
    signal: stop.signal,
  });
};

/** What the document says at an instant, or at the end of a day. */
export const textAt = async (
  log: EventStore,
  at: string,
  agreement = 'policy',
): Promise<string | undefined> => {
  await using app = await createApp({ store: log, now: () => Date.parse('2100-01-01T00:00:00Z') });
  const asked = question.parse(at.includes('T') ? { asOf: at } : { effectiveOn: at });
  const answer = await app.views.stateAt(agreement, asked);
  return answer && textOf(answer.state);
};

/** Everything that a log says, but for when it was recorded. */
export const saidIn = async (log: EventStore): Promise<readonly unknown[]> => {
  const pages = await Array.fromAsync(log.readAll({}));
  return pages.flat().map(({ recordedAt: _, ...event }) => event);
};

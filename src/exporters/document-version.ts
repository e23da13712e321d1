import { content, isAway, type RuleState } from '#agreement/rule-state.ts';
import type { DataOf } from '#events/event.ts';
import type { EpochMs } from '#events/instants.ts';
import { publicFrom } from '#projections/fold/known.ts';

/** One version of an imported document. */
export type DocumentVersion = {
  readonly instrument: DataOf<'InstrumentRecorded'>;
  /** When the public could know; not finite where that is not known. */
  readonly at: EpochMs;
  /** In the log, of its instrument and of its last event. */
  readonly first: number;
  readonly last: number;
};

const KINDS: ReadonlySet<string> = new Set(['DOCUMENT_VERSION', 'DOCUMENT_WITHDRAWN']);

const lastOf = (state: RuleState, instrumentId: string, first: number): number =>
  (state.changesOf.get(instrumentId) ?? [])
    .filter((entry) => !isAway(entry))
    .reduce((last, { event }) => Math.max(last, event.position), first);

/** The versions of a document, in the order of their dates, those of one moment in the order of their source. */
export const documentVersions = (state: RuleState, zone: string): readonly DocumentVersion[] =>
  [...state.entries.values()]
    .flatMap((entry) => {
      const { type, data } = content(entry);
      if (type !== 'InstrumentRecorded' || isAway(entry) || !KINDS.has(data.kind)) return [];
      const at = publicFrom(data.announcedAt ?? 'unknown', zone, 'REPORT');
      const first = entry.event.position;
      return [{ instrument: data, at, first, last: lastOf(state, data.instrumentId, first) }];
    })
    .toSorted(
      (a, b) =>
        Math.sign(a.at - b.at) ||
        (a.instrument.sourceOrder ?? 0) - (b.instrument.sourceOrder ?? 0) ||
        a.last - b.last,
    );

import { content, isAway, type RuleState } from '#agreement/rule-state.ts';
import { isoDay } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import { dayOf, type EpochMs, type Instant, isoInstant } from '#events/instants.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { publicFrom } from '#projections/fold/known.ts';
import { type History, stateAt } from '#projections/history.ts';
import { textOf } from '#projections/text.ts';
import { type Commit, dated } from './commit.ts';
import { isSafePath } from './safe-path.ts';

type Instrument = DataOf<'InstrumentRecorded'>;

/** One version of an imported document. */
type DocumentVersion = {
  readonly instrument: Instrument;
  /** When the public could know; not finite where that is not known. */
  readonly at: EpochMs;
  /** In the log, of its last event. */
  readonly position: number;
};

const KINDS: ReadonlySet<string> = new Set(['DOCUMENT_VERSION', 'DOCUMENT_WITHDRAWN']);

const lastPosition = (state: RuleState, instrument: Instrument, own: number): number =>
  (state.changesOf.get(instrument.instrumentId) ?? [])
    .filter((entry) => !isAway(entry))
    .reduce((last, { event }) => Math.max(last, event.position), own);

/** The versions of a document, in the order of their dates, those of one moment in the order of their source. */
export const documentVersions = (state: RuleState, zone: string): readonly DocumentVersion[] =>
  [...state.entries.values()]
    .flatMap((entry) => {
      const { type, data } = content(entry);
      if (type !== 'InstrumentRecorded' || isAway(entry) || !KINDS.has(data.kind)) return [];
      const at = publicFrom(data.announcedAt ?? 'unknown', zone, 'REPORT');
      return [{ instrument: data, at, position: lastPosition(state, data, entry.event.position) }];
    })
    .toSorted(
      (a, b) =>
        Math.sign(a.at - b.at) ||
        (a.instrument.sourceOrder ?? 0) - (b.instrument.sourceOrder ?? 0) ||
        a.position - b.position,
    );

/**
 * The point at which a version is read: its moment, with what was public by then. Of several versions of one moment all
 * but the last are read at the place in the log at which they were the last.
 */
const pointOf = (
  { at, position }: DocumentVersion,
  isLast: boolean,
  zone: string,
): Coordinates => ({
  effectiveOn: isoDay(dayOf(at, zone)),
  knowledge: 'PUBLIC',
  knownAt: isoInstant(at) as Instant,
  ...(!isLast && { position }),
});

const fileAt = (history: History, point: Coordinates): Commit['file'] => {
  const state = stateAt(history, point);
  const text = textOf(state);
  if (text === undefined) return undefined;
  const path = isSafePath(state.title) ? state.title : `${history.agreementId}.md`;
  return { path, text };
};

/** A commit for each version of an imported document whose date is known, with the text as of that moment. */
export function* documentCommits(
  versions: readonly DocumentVersion[],
  history: History,
  zone: string,
): Generator<Commit> {
  const known = versions.filter(({ at }) => Number.isFinite(at));
  for (const [n, version] of known.entries()) {
    const { instrument, at } = version;
    const file = fileAt(history, pointOf(version, known[n + 1]?.at !== at, zone));
    yield {
      ...dated(at, zone),
      titles: [instrument.title],
      trailers: [
        ['Agreement', history.agreementId],
        ['Instrument-Id', instrument.instrumentId],
        ['Announced', String(instrument.announcedAt)],
      ],
      ...(file && { file }),
    };
  }
}

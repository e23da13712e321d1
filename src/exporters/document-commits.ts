import type { RuleState } from '#agreement/rule-state.ts';
import { isoDay } from '#events/days.ts';
import { dayOf, type Instant, isoInstant } from '#events/instants.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { type History, stateAt } from '#projections/history.ts';
import { textOf } from '#projections/text.ts';
import { type Commit, dated } from './commit.ts';
import type { DocumentVersion } from './document-version.ts';
import { isPlainDocument, plainReadings, type Reading } from './plain-document.ts';
import { isSafePath } from './safe-path.ts';

type Document = {
  readonly state: RuleState;
  readonly history: History;
  readonly zone: string;
};

/**
 * The point at which a version is read: its moment, with what was public by then. Of several versions of one moment all
 * but the last are read at the place in the log at which they were the last.
 */
const pointOf = (
  { at, last }: DocumentVersion,
  next: DocumentVersion | undefined,
  zone: string,
): Coordinates => ({
  effectiveOn: isoDay(dayOf(at, zone)),
  knowledge: 'PUBLIC',
  knownAt: isoInstant(at) as Instant,
  ...(next?.at === at && { position: last }),
});

/** A document at each of its versions, asked for one by one: right for any record, and slow for many versions. */
export function* readingsAsked(
  { history, zone }: Document,
  versions: readonly DocumentVersion[],
): Generator<Reading> {
  for (const [n, version] of versions.entries()) {
    const state = stateAt(history, pointOf(version, versions[n + 1], zone));
    const text = textOf(state);
    yield { title: state.title, ...(text !== undefined && { text }) };
  }
}

const fileOf = ({ title, text }: Reading, agreement: string): Commit['file'] =>
  text === undefined ? undefined : { path: isSafePath(title) ? title : `${agreement}.md`, text };

/** A commit for each version of an imported document, with the text as of its moment. @param versions all with a date */
export function* documentCommits(
  document: Document,
  versions: readonly DocumentVersion[],
): Generator<Commit> {
  const { state, zone, history } = document;
  const readings = isPlainDocument(state, versions, zone)
    ? plainReadings(state, versions)
    : readingsAsked(document, versions);
  let n = 0;
  for (const reading of readings) {
    const version = versions[n++];
    if (version === undefined) return;
    const { instrument, at } = version;
    const file = fileOf(reading, history.agreementId);
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

import { type Entry, isAway, type RuleState } from '#agreement/rule-state.ts';
import { isoDay } from '#events/days.ts';
import { isChange, type Recorded } from '#events/event.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import { strength } from '#events/values.ts';
import { type ChangeInput, VERBS } from '#events/verbs.ts';
import { carriedOn, NOTHING } from '#importers/documents/standing.ts';
import type { DocumentVersion } from './document-version.ts';

/** What may stand beside versions without a say in the text. */
const SILENT: ReadonlySet<string> = new Set([
  'AgreementRecorded',
  'RecordRetracted',
  'PointTagged',
  'ClaimReported',
  'ClaimAssessed',
  'ClaimResolved',
]);

/** The changes of an imported version, with all the fields that it gives them. */
const PLAIN: { readonly [type: string]: ReadonlySet<string> } = {
  TermAdded: new Set(['termId', 'kind', 'heading', 'number', 'prose', 'facts', 'after']),
  TermAmended: new Set(['termId', 'values', 'expects']),
  TermRemoved: new Set(['termId']),
  TermsReplaced: new Set(['from', 'to']),
  AgreementAmended: new Set(['title']),
};

type Fields = { readonly [field: string]: unknown };

const isPlainChange = ({ type, data }: Recorded): boolean =>
  Object.keys(data).every(
    (field) => field === 'changeId' || field === 'instrumentId' || PLAIN[type]?.has(field),
  );

const gradeOf = ({ instrument: { sources } }: DocumentVersion): number =>
  Math.max(0, ...sources.map(({ grade }) => strength(grade)));

/** True for a version that holds from the day on which it was announced. */
const isPlainVersion = ({ instrument }: DocumentVersion, zone: string): boolean => {
  const { announcedAt = 'unknown', effectiveFrom, executedAt } = instrument;
  if (executedAt !== undefined) return false;
  const day = isInstant(announcedAt) ? isoDay(dayOf(epochMs(announcedAt), zone)) : announcedAt;
  return String(effectiveFrom) === day && /^\d{4}-\d\d-\d\d$/.test(day);
};

const fitsIn = (entry: Entry, versions: ReadonlySet<string>): boolean => {
  const { event } = entry;
  if (SILENT.has(event.type)) return event.type !== 'AgreementRecorded' || !isAway(entry);
  if (isAway(entry)) return true;
  if (event.type === 'InstrumentRecorded') return versions.has(event.data.instrumentId);
  return isChange(event) && versions.has(event.data.instrumentId) && isPlainChange(event);
};

/**
 * True for a record that has nothing to say of a document but its versions, as an import records them: each, in the order
 * of the log, is the one before with its own changes.
 */
export const isPlainDocument = (
  state: RuleState,
  versions: readonly DocumentVersion[],
  zone: string,
): boolean => {
  const ids = new Set<string>(versions.map(({ instrument }) => instrument.instrumentId));
  return (
    new Set(versions.map(gradeOf)).size === 1 &&
    versions.every((version) => isPlainVersion(version, zone)) &&
    versions.every(({ last }, n) => last < (versions[n + 1]?.first ?? Number.POSITIVE_INFINITY)) &&
    [...state.entries.values()].every((entry) => fitsIn(entry, ids))
  );
};

const VERB_OF = new Map<string, string>(Object.entries(VERBS).map(([verb, type]) => [type, verb]));

/** A recorded change as it was asked for; its ids do not matter here. */
const asked = ({ type, data }: Recorded): ChangeInput =>
  ({ [VERB_OF.get(type) ?? type]: data }) as unknown as ChangeInput;

/** What a document is called and says at one of its versions; no text: it was withdrawn. */
export type Reading = { readonly title: string; readonly text?: string };

const renamed = (title: string, changes: readonly Recorded[]): string =>
  changes.reduce(
    (before, { type, data }) => (type === 'AgreementAmended' ? (data.title ?? before) : before),
    title,
  );

/** A plain document at each of its versions, each worked out from the one before. */
export function* plainReadings(
  state: RuleState,
  versions: readonly DocumentVersion[],
): Generator<Reading> {
  const recorded: Fields = state.byKey.get('agreement')?.event.data ?? {};
  let title = String(recorded['title']);
  let standing = NOTHING;
  for (const { instrument } of versions) {
    const entries = state.changesOf.get(instrument.instrumentId) ?? [];
    const changes = entries.filter((entry) => !isAway(entry)).map(({ event }) => event);
    title = renamed(title, changes);
    standing = carriedOn(standing, changes.map(asked));
    const text = standing.parts.map((part) => part.text).join('');
    yield standing.parts.length === 0 ? { title } : { title, text };
  }
}

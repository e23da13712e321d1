import { type DataOf, type EventType, isChange, type Recorded } from '#events/event.ts';
import type { ChangeType } from '#events/verbs.ts';
import { actsOn, bringsIn, termsOf } from './fold/change.ts';

/** What one payload of an event refers to; a corrected event has several. */
export type Refers = {
  readonly instrument?: string;
  readonly acts: readonly string[];
  readonly brings: readonly string[];
  /** Changes that it voids or displaces. */
  readonly strikes: readonly string[];
  readonly rectifies?: string;
  readonly conditions: readonly string[];
  readonly resolves?: string;
  /** What it is about, other changes beside it: terms, an overlay, a consent, the agreement itself. */
  readonly subjects: readonly string[];
};

const NOTHING: Refers = {
  acts: [],
  brings: [],
  strikes: [],
  conditions: [],
  subjects: [],
};

export type Payload = { readonly type: EventType; readonly data: Recorded['data'] };
type ChangePayload = {
  readonly [T in ChangeType]: { readonly type: T; readonly data: DataOf<T> };
}[ChangeType];

const conditionsOf = (from: DataOf<'InstrumentRecorded'>['effectiveFrom']): readonly string[] =>
  typeof from === 'object' ? from.onConditions.map(({ conditionId }) => conditionId) : [];

/** The subject of what is about the agreement as a whole. */
export const AGREEMENT = 'agreement:';
const WHOLE = new Set<EventType>([
  'AgreementAmended',
  'AgreementTerminated',
  'AgreementReinstated',
]);

const subjectsOf = (change: ChangePayload): readonly string[] => {
  const terms = termsOf(change).map((termId) => `term:${termId}`);
  const { data } = change;
  if ('overlayId' in data) return [...terms, `overlay:${data.overlayId}`];
  if ('consentId' in data) return [...terms, `consent:${data.consentId}`];
  return WHOLE.has(change.type) ? [...terms, AGREEMENT] : terms;
};

export const referencesOf = ({ type, data }: Payload): Refers => {
  if (type === 'InstrumentRecorded') {
    const { effectiveFrom } = data as DataOf<'InstrumentRecorded'>;
    return { ...NOTHING, conditions: conditionsOf(effectiveFrom) };
  }
  if (!isChange({ type } as Recorded)) return NOTHING;
  const change = { type, data } as ChangePayload;
  const { displaces = [], effectiveFrom, instrumentId } = change.data;
  return {
    instrument: instrumentId,
    acts: actsOn(change),
    brings: bringsIn(change),
    strikes: change.type === 'ChangeVoided' ? [...displaces, change.data.target] : displaces,
    ...(change.type === 'TermRectified' &&
      change.data.target !== undefined && { rectifies: change.data.target }),
    conditions: conditionsOf(effectiveFrom),
    ...(change.type === 'ConditionResolved' && { resolves: change.data.conditionId }),
    subjects: subjectsOf(change),
  };
};

/** What a correction says its target should have said; of a correction of a correction, the innermost. */
export const innermost = (event: Recorded): Recorded['data'] | undefined => {
  if (event.type !== 'RecordCorrected') return undefined;
  let { data } = event.data as { readonly data: { readonly [field: string]: unknown } };
  while (typeof data['data'] === 'object' && data['data'] !== null && 'target' in data) {
    data = data['data'] as typeof data;
  }
  return data as unknown as Recorded['data'];
};

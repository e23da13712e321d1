import type { Bounds } from '#events/edtf.ts';
import type { Decided } from '#events/event.ts';
import type { Term } from '#events/terms.ts';
import type { ChangeId, Grade, InstrumentId, TermId } from '#events/values.ts';
import type { ChangeType } from '#events/verbs.ts';

export type Body = Decided<ChangeType>;

/** A change as it is known: what its record says, and whether the record was retracted. */
export type Change = {
  readonly id: ChangeId;
  readonly instrumentId: InstrumentId;
  readonly position: number;
  readonly body: Body;
  readonly away: boolean;
};

/** A change with all its days (§6.3). `day` and `endDay` are those the question takes, NEVER: no day. */
export type Dated = Change & {
  readonly start?: Bounds;
  readonly day: number;
  readonly end?: Bounds;
  readonly endDay: number;
  readonly conditional: boolean;
  /** First day on which it counts as lapsed. */
  readonly lapsesOn: number;
  readonly conditions: readonly { readonly id: string; readonly day: number }[];
  /** Day of execution for the order; `ownExecuted` for `executedBy`. */
  readonly executed: number;
  readonly ownExecuted: number;
  readonly grade: Grade;
  readonly instrumentGrade: Grade;
  /** Its paper is a version of a document, with a place in their order. */
  readonly ofDocument: boolean;
  /** A rectification whose target is known. */
  readonly target?: ChangeId;
  /** Place among the assumed changes. */
  readonly assumed?: number;
};

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** The terms that must be there for it to do something. */
export const actsOn = ({ type, data }: Body): readonly TermId[] => {
  if (type === 'TermAmended' || type === 'TermRemoved' || type === 'TermRectified') {
    return [data.termId];
  }
  if (type === 'TermsReplaced') return unique(data.from);
  if (type === 'AgreementRestated') return unique(data.mapping.map(({ from }) => from));
  return [];
};

/** The terms of which it sets the whole value. */
export const brought = ({ type, data }: Body): readonly Term[] => {
  if (type === 'TermAdded') {
    const { termId, kind, heading, number, prose, facts, after } = data;
    const all = Object.entries({ termId, kind, heading, number, prose, facts, after });
    return [Object.fromEntries(all.filter(([, value]) => value !== undefined)) as Term];
  }
  if (type === 'TermsReplaced') return data.to;
  if (type === 'AgreementRestated') return data.terms;
  return [];
};

export const brings = (body: Body): readonly TermId[] => brought(body).map(({ termId }) => termId);

const liesOn = ({ type, data }: Body): readonly TermId[] => {
  if (type === 'OverlayApplied') return data.terms;
  if (type === 'RightResolved') return [data.termId];
  if (type === 'ConsentGranted' || type === 'TermsAffirmed') return data.terms ?? [];
  return [];
};

/** All terms it names: acted on, then brought, then lain on. */
export const termsOf = (body: Body): TermId[] =>
  unique([...actsOn(body), ...brings(body), ...liesOn(body)]);

export const isReplacing = (body: Body): boolean =>
  body.type === 'TermsReplaced' || body.type === 'AgreementRestated';

import type { Fact } from '#events/facts.ts';
import type { AgreementId, ChangeId, EventId, TermId } from '#events/values.ts';
import type { DiffEntry } from '#projections/diff/entry.ts';
import type { AgreementState, Revision, TermState, Value } from '#projections/state.ts';

/** Ids are branded where they enter; here they are born. */
export const term = (id: string): TermId => id as TermId;
export const change = (id: string): ChangeId => id as ChangeId;

export const EMPTY: AgreementState = {
  agreementId: 'lease' as AgreementId,
  title: 'Lease',
  timeZone: 'UTC',
  standing: 'IN_FORCE',
  parties: [],
  terms: [],
  ended: [],
  lineage: [],
  consents: [],
  rights: [],
  scheduled: [],
  prospective: [],
  lapsed: [],
  claims: [],
  possibly: [],
  findings: [],
  revised: [],
};

type Told = Partial<Omit<Value, 'facts'>> & { readonly facts?: { readonly [name: string]: Fact } };

/** A term in force, brought in by `<id>/add`. */
export const inForce = (id: string, told: Told = {}, more: Partial<TermState> = {}): TermState => ({
  termId: term(id),
  value: { kind: 'CLAUSE', facts: {}, ...told },
  standing: 'IN_FORCE',
  causedBy: [change(`${id}/add`)],
  evidence: 'DOCUMENT_TEXT',
  applies: true,
  overlays: [],
  certain: true,
  ...more,
});

export const withTerms = (
  terms: readonly TermState[],
  more: Partial<AgreementState> = {},
): AgreementState => ({ ...EMPTY, terms, ...more });

export const edge = (from: string, to: string, by: string) => ({
  from: term(from),
  to: term(to),
  changeId: change(by),
});

export const revision = (changeId: string, how: Revision['how'] = 'CORRECTED'): Revision => ({
  changeId: change(changeId),
  how,
  by: `event ${changeId}` as EventId,
});

/** `KIND from>to`, for reading at a glance. */
export const summary = ({ kind, from, to }: DiffEntry): string =>
  `${kind} ${from.map((old) => old.termId).join('+')}>${to.map((now) => now.termId).join('+')}`;

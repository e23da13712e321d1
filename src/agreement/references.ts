import type { Term } from '#events/terms.ts';
import type { DecidedChange } from './natural-key.ts';
import type { Path } from './rejections.ts';

/** A name that a change speaks of; `start`: the term must be able to be there when the change starts. */
export type Reference = {
  readonly to: 'term' | 'party' | 'condition' | 'consent' | 'overlay';
  readonly id: string;
  readonly path: Path;
  readonly when: 'start' | 'ever';
};

type To = Reference['to'];

const one = (to: To, id: string, path: Path): Reference => ({ to, id, path, when: 'ever' });

const each = (to: To, ids: readonly string[] | undefined, field: string): readonly Reference[] =>
  (ids ?? []).map((id, index) => one(to, id, [field, index]));

const acted = (id: string, path: Path): Reference => ({ to: 'term', id, path, when: 'start' });

const after = (terms: readonly Term[], path: (index: number) => Path): readonly Reference[] =>
  terms.flatMap((term, index) =>
    term.after === undefined ? [] : [one('term', term.after, [...path(index), 'after'])],
  );

const ofTerms = (change: DecidedChange): readonly Reference[] => {
  switch (change.type) {
    case 'TermAdded':
      return after([change.data], () => []);
    case 'TermAmended':
      return [
        acted(change.data.termId, ['termId']),
        ...afterValue(change.data.values.after, ['values', 'after']),
      ];
    case 'TermRectified':
      return [
        one('term', change.data.termId, ['termId']),
        ...afterValue(change.data.values.after, ['values', 'after']),
      ];
    case 'TermRemoved':
      return [acted(change.data.termId, ['termId'])];
    case 'TermsReplaced':
      return [
        ...change.data.from.map((id, index) => acted(id, ['from', index])),
        ...after(change.data.to, (index) => ['to', index]),
      ];
    case 'AgreementRestated':
      return [
        ...change.data.mapping.flatMap(({ from, to }, index) => [
          acted(from, ['mapping', index, 'from']),
          ...(to === null ? [] : [one('term', to, ['mapping', index, 'to'])]),
        ]),
        ...after(change.data.terms, (index) => ['terms', index]),
      ];
    default:
      return [];
  }
};

const afterValue = (id: string | null | undefined, path: Path): readonly Reference[] =>
  typeof id === 'string' ? [one('term', id, path)] : [];

const ofAgreement = (change: DecidedChange): readonly Reference[] => {
  switch (change.type) {
    case 'AgreementAmended':
    case 'AgreementTerminated':
      return each('term', change.data.survives, 'survives');
    case 'TermsAffirmed':
      return each('term', change.data.terms, 'terms');
    case 'PartyLeft':
    case 'PartySucceeded':
      return [one('party', change.data.partyId, ['partyId'])];
    default:
      return [];
  }
};

const ofRest = (change: DecidedChange): readonly Reference[] => {
  switch (change.type) {
    case 'OverlayApplied':
      return [
        ...each('term', change.data.terms, 'terms'),
        ...each('party', change.data.between, 'between'),
      ];
    case 'OverlayLifted':
      return [one('overlay', change.data.overlayId, ['overlayId'])];
    case 'ConsentGranted':
      return [
        one('party', change.data.by, ['by']),
        ...each('party', change.data.to, 'to'),
        ...each('term', change.data.terms, 'terms'),
      ];
    case 'ConsentRevoked':
      return [one('consent', change.data.consentId, ['consentId'])];
    case 'RightResolved':
      return [one('term', change.data.termId, ['termId'])];
    case 'ConditionResolved':
      return [one('condition', change.data.conditionId, ['conditionId'])];
    default:
      return [];
  }
};

/** Every name that a change takes for known, with its place inside the change. */
export const references = (change: DecidedChange): readonly Reference[] => [
  ...ofTerms(change),
  ...ofAgreement(change),
  ...ofRest(change),
];

import type { Wish } from './given.ts';

type RecordInstrument = Extract<Wish, { type: 'RecordInstrument' }>;
type Changes = readonly object[];
type Paper = Partial<RecordInstrument['instrument']> & { readonly correct?: string };

/** A lease between a landlord and a tenant. */
export const LEASE: Wish = {
  type: 'RecordAgreement',
  title: 'Lease of the mill',
  timeZone: 'Europe/Vienna',
  parties: [
    { partyId: 'landlord', name: 'Landlord' },
    { partyId: 'tenant', name: 'Tenant' },
  ],
};

/** An instrument that does these things; executed on 2020-01-01 unless it says otherwise. */
export const paper = (
  id: string,
  changes: Changes,
  { correct, ...dates }: Paper = {},
): RecordInstrument => ({
  type: 'RecordInstrument',
  instrument: { id, kind: 'AMENDMENT', title: id, executedAt: '2020-01-01', ...dates },
  changes,
  ...(correct === undefined ? {} : { correct }),
});

export const RENT = {
  termId: 'rent',
  kind: 'PAYMENT',
  heading: 'Rent',
  facts: { monthly: { money: { amount: '100', currency: 'EUR' } } },
} as const;

/** The original paper: rent, and a right to sublet. */
export const ORIGINAL = paper('original', [
  { addTerm: { ...RENT } },
  { addTerm: { termId: 'sublet', kind: 'PERMISSION', prose: 'The tenant may sublet.' } },
]);

/** Raises the rent. */
export const raise = (to: string) => ({
  amendTerm: {
    termId: 'rent',
    values: { facts: { monthly: { money: { amount: to, currency: 'EUR' } } } },
  },
});

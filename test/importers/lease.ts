import { expect } from 'vitest';

/** A lease with one entry in most sections. */
export const LEASE = `
agreement: lease
title: Lease of the mill
timeZone: Europe/Vienna
parties:
  - { partyId: landlord, name: Landlord }
  - { partyId: tenant, name: Tenant }
instruments:
  - id: original
    kind: ORIGINAL
    title: Lease
    executedAt: 2020
    changes:
      - addTerm: { termId: rent, kind: PAYMENT, number: 7.10, facts: { monthly: { amount: 100, currency: EUR } } }
      - addTerm: { termId: sublet, kind: PERMISSION }
  - id: raise
    kind: AMENDMENT
    title: First raise
    executedAt: 2021-03-01
    changes:
      - amendTerm: { termId: rent, values: { facts: { monthly: { amount: 110, currency: EUR } } } }
claims:
  - { claimId: end, stage: RUMOURED, statement: Subletting will end., by: Gazette, reportedAt: 2021-05, sources: [], about: [sublet] }
assessments:
  - { claimId: end, stance: DENIED, by: landlord, on: 2021-06-01 }
resolutions:
  - { claimId: end, outcome: REFUTED, on: 2022-01-01 }
coverage: { from: 2020-01-01, observedThrough: 2022-12-31 }
tags:
  - { tag: signing, effectiveOn: 2020-12-31 }
`;
const LINES = LEASE.split('\n');
/** LEASE with one line replaced. */
export const edited = (part: string, by: string) => {
  expect(LEASE).toContain(part);
  return LEASE.replace(part, by);
};
/** Place in LEASE of a piece of text. */
export const place = (text: string) => {
  const line = LINES.findIndex((one) => one.includes(text));
  return { line: line + 1, column: (LINES[line] ?? '').indexOf(text) + 1 };
};

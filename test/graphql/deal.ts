import type { CommandType } from '#agreement/commands.ts';

const agreement = 'cloud-deal';
const source = { title: 'Blog', url: 'https://example.org/blog', grade: 'PARTY_STATEMENT' };

/** A small deal: exclusivity from 2023, replaced by a first refusal on 21 January 2025, a claim, an open condition. */
export const DEAL: readonly (readonly [CommandType, object])[] = [
  [
    'RecordAgreement',
    {
      agreement,
      title: 'Cloud deal',
      timeZone: 'UTC',
      parties: [
        { partyId: 'cloud', name: 'Cloud Inc.', role: 'provider' },
        { partyId: 'lab', name: 'Lab' },
      ],
    },
  ],
  [
    'RecordInstrument',
    {
      agreement,
      instrument: { id: 'original', kind: 'ORIGINAL', title: 'Deal', executedAt: '2023-01-23' },
      changes: [
        {
          addTerm: {
            termId: 'compute.exclusivity',
            kind: 'EXCLUSIVITY',
            heading: 'Exclusive cloud',
            prose: 'The lab shall use no other cloud.',
            facts: {
              price: { money: { amount: '100', currency: 'USD' } },
              cap: { percent: '20' },
              notice: { quantity: { value: '60', unit: 'days' } },
              ends: { date: '2030' },
              term: { duration: 'P10Y' },
              payer: { party: 'lab' },
              renews: true,
              note: 'as amended',
            },
          },
        },
        { addTerm: { termId: 'ip.agi-clause', kind: 'IP_LICENCE', after: 'compute.exclusivity' } },
      ],
    },
  ],
  [
    'ReportClaim',
    {
      agreement,
      claimId: 'agi-rumour',
      stage: 'RUMOURED',
      statement: 'The AGI clause may go.',
      by: 'A paper',
      reportedAt: '2024-12-06',
      sources: [],
      proposedChanges: [{ removeTerm: { termId: 'ip.agi-clause' } }],
      about: ['ip.agi-clause'],
    },
  ],
  [
    'RecordInstrument',
    {
      agreement,
      instrument: {
        id: 'first-refusal',
        kind: 'AMENDMENT',
        title: 'Partnership evolves',
        executedAt: '2025-01-21',
        announcedAt: '2025-01-21',
        sources: [source],
      },
      changes: [
        {
          replaceTerms: {
            from: ['compute.exclusivity'],
            to: [
              {
                termId: 'compute.rofr',
                kind: 'RIGHT_OF_FIRST_REFUSAL',
                heading: 'First refusal',
                prose: 'The cloud may match any offer.',
              },
            ],
          },
        },
        { grantConsent: { consentId: 'own', by: 'cloud', to: ['lab'], subject: 'Own capacity' } },
        {
          addTerm: {
            termId: 'equity',
            kind: 'EQUITY',
            effectiveFrom: { onConditions: [{ conditionId: 'approval' }] },
          },
        },
      ],
    },
  ],
  ['StateCoverage', { agreement, from: '2023-01-01', observedThrough: '2025-06-30' }],
];

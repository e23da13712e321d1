import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreementId, type TermId } from '#events/values.ts';
import { coordinates } from '#projections/coordinates.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { emptyLog, record } from './recording.ts';

const ID = 'microsoft-openai';
const FILE = new URL(`../../agreements/${ID}.yaml`, import.meta.url);

const recorded = async () => {
  const hands = await emptyLog();
  await record(hands, readFileSync(FILE, 'utf8'));
  return historyOf(agreementId.parse(ID), await hands.history(ID));
};

const factOf = (state: AgreementState, termId: string, name: string) =>
  state.terms.find((term) => term.termId === termId)?.value.facts[name];
const has = (state: AgreementState, termId: string): boolean =>
  state.terms.some((term) => term.termId === termId);
const dollars = (amount: string) => ({ money: { amount, currency: 'USD' } });

type Case = readonly [
  effectiveOn: string,
  knownAt: string,
  said: string,
  shown: (state: AgreementState) => unknown,
  expected: unknown,
];

/** What the public could know of a day, by the sources that the file cites. */
const CASES: readonly Case[] = [
  [
    '2023-07-01',
    '2024-06-30',
    'the board decides on AGI, and no sum is known',
    (state) => factOf(state, 'ip.agi-clause', 'threshold'),
    undefined,
  ],
  [
    '2023-07-01',
    '2025-01-21',
    'AGI is measured at 100 billion dollars',
    (state) => factOf(state, 'ip.agi-clause', 'threshold'),
    dollars('100000000000'),
  ],
  [
    '2023-07-01',
    '2025-08-01',
    'there are two routes to AGI',
    (state) => factOf(state, 'ip.agi-clause', 'routes'),
    { text: expect.stringMatching(/board AGI.*sufficient AGI/) },
  ],
  [
    '2021-12-31',
    '2022-12-31',
    'one billion dollars was committed',
    (state) => factOf(state, 'funding.commitment', 'committed'),
    dollars('1000000000'),
  ],
  [
    '2021-12-31',
    '2023-01-31',
    'it had been three',
    (state) => factOf(state, 'funding.commitment', 'committed'),
    dollars('3000000000'),
  ],
  [
    '2024-09-01',
    '2024-09-01',
    'Azure is exclusive, with Oracle under it',
    (state) => [has(state, 'compute.exclusivity'), state.consents.map((one) => one.consentId)],
    [true, ['oci-exception']],
  ],
  [
    '2025-02-01',
    '2025-02-01',
    'a right of first refusal has taken its place',
    (state) => [has(state, 'compute.exclusivity'), has(state, 'compute.rofr')],
    [false, true],
  ],
  [
    '2025-06-01',
    '2025-06-01',
    'CoreWeave supplies capacity, and of Google nothing is known',
    (state) => [has(state, 'capacity.coreweave'), has(state, 'capacity.google')],
    [true, false],
  ],
  [
    '2025-06-01',
    '2025-06-30',
    'Google supplies too',
    (state) => [has(state, 'capacity.coreweave'), has(state, 'capacity.google')],
    [true, true],
  ],
  [
    '2026-05-01',
    '2026-05-01',
    'the share is capped, at a sum withheld',
    (state) => [
      factOf(state, 'revenue.to-microsoft', 'capped'),
      factOf(state, 'revenue.to-microsoft', 'cap'),
    ],
    [{ flag: true }, undefined],
  ],
  [
    '2026-05-01',
    '2026-05-31',
    'the cap is reported at 38 billion dollars',
    (state) => factOf(state, 'revenue.to-microsoft', 'cap'),
    dollars('38000000000'),
  ],
  [
    '2024-01-01',
    '2024-01-01',
    'the press and Microsoft contradict each other on its stake',
    (state) =>
      state.findings
        .filter(({ terms }) => terms.includes('stake' as TermId))
        .map(({ code }) => code),
    ['SOURCE_CONTRADICTION'],
  ],
];

describe('of the deal between Microsoft and OpenAI', () => {
  it.each(CASES)('on %s the public knew by the end of %s: %s', async (...asked) => {
    const [effectiveOn, knownAt, , shown, expected] = asked;
    const at = coordinates.parse({ effectiveOn, knownAt, knowledge: 'PUBLIC' });
    expect(shown(stateAt(await recorded(), at))).toEqual(expected);
  });
});

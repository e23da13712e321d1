import { describe, expect, test } from 'vitest';
import type { Fact } from '#events/facts.ts';
import { diffFacts } from '#projections/diff/facts.ts';
import { MOST_PHRASES, materialIn } from '#projections/diff/material.ts';
import { MATERIAL_RULES } from '#projections/diff/material-rules.ts';
import { partyNames } from '#projections/diff/party-names.ts';
import { diffWords } from '#projections/diff/words.ts';

const NAMES = partyNames([
  { partyId: 'microsoft', name: 'Microsoft Corporation', role: 'Licensee' },
  { partyId: 'openai', name: 'OpenAI OpCo, LLC' },
]);
const NOTHING = { fields: [], facts: [], words: [], dates: [] };

const weigh = (before: string, after: string) =>
  materialIn({ ...NOTHING, words: diffWords(before, after) }, NAMES);
const tripped = (before: string, after: string) =>
  weigh(before, after).map(({ flag, removed, added }) => [flag, removed, added]);

describe('words', () => {
  test.each([
    ['NUMBER', 'copies in 3 rooms', 'copies in 4 rooms', ['3'], ['4']],
    ['NUMBER', 'all of twelve servers', 'all of forty-two servers', ['twelve'], ['forty-two']],
    ['MONEY', 'pay $13 billion', 'pay $10 billion', ['$13 billion'], ['$10 billion']],
    ['MONEY', 'pay 500 euros', 'pay 500 dollars', ['500 euros'], ['500 dollars']],
    ['DATE', 'ends 2030-01-01', 'ends 2032-01-01', ['2030-01-01'], ['2032-01-01']],
    ['DATE', 'on May 4, 2030', 'on June 4, 2030', ['May 4, 2030'], ['June 4, 2030']],
    ['DATE', 'by 2030', 'after 2030', ['by 2030'], ['after 2030']],
    [
      'DURATION',
      'within thirty (30) days of',
      'within sixty (60) days of',
      ['thirty (30) days'],
      ['sixty (60) days'],
    ],
    ['DURATION', 'in 30 days', 'in 30 business days', [], ['30 business days']],
    ['PARTY', 'paid by Microsoft', 'paid by OpenAI', ['Microsoft'], ['OpenAI']],
    ['PARTY', 'the licensee pays', 'OpenAI OpCo, LLC pays', ['licensee'], ['OpenAI OpCo, LLC']],
    ['MODALITY', 'it shall pay', 'it may pay', ['shall'], ['may']],
    ['NEGATION', 'it shall assign', 'it shall not assign', [], ['not']],
    ['NEGATION', "it doesn't bind", 'it does bind', ["n't"], []],
    ['EXCLUSIVITY', 'an exclusive right', 'a right', ['exclusive'], []],
  ] as const)('%s: %j → %j', (flag, before, after, removed, added) => {
    expect(tripped(before, after)).toContainEqual([flag, removed, added]);
  });

  test('words that stay count for nothing, however near', () => {
    expect(
      tripped('They shall not pay $5 in 30 days fast', 'They shall not pay $5 in 30 days soon'),
    ).toEqual([]);
  });

  test('a phrase that a change only touches stays', () => {
    expect(tripped('it shall pay', 'it (shall) pay')).toEqual([]);
  });

  test('May is a month where a day follows', () => {
    expect(tripped('from it', 'from May 4').map(([flag]) => flag)).not.toContain('MODALITY');
  });

  test('a flag names each phrase once, and not more than a reader reads', () => {
    const many = Array.from({ length: 90 }, (_, at) => `${at % 45} x`).join(' ');
    const [number] = weigh('', many);
    expect(number?.added.length).toBe(MOST_PHRASES);
    expect(new Set(number?.added).size).toBe(MOST_PHRASES);
  });

  test('a phrase is found wherever it stands in a long text', () => {
    const padding = 'word '.repeat(50);
    for (const [before, after] of [
      ['', padding],
      [padding, ''],
      [padding, padding],
    ] as const) {
      expect(tripped(`${before}it pays ${after}`, `${before}it shall pay ${after}`)).toEqual([
        ['MODALITY', [], ['shall']],
      ]);
    }
  });
});

describe('facts', () => {
  const weighed = (name: string, old: Fact, now: Fact) =>
    materialIn(
      { ...NOTHING, facts: diffFacts([{ facts: { [name]: old } }], [{ facts: { [name]: now } }]) },
      NAMES,
    ).map(({ flag, facts }) => [flag, ...facts]);

  test.each<[string, Fact, Fact, string[]]>([
    [
      'sum',
      { money: { amount: '1', currency: 'USD' } },
      { money: { amount: '2', currency: 'USD' } },
      ['NUMBER', 'MONEY'],
    ],
    ['share', { percent: '20' }, { percent: '15' }, ['NUMBER']],
    [
      'notice',
      { quantity: { value: '60', unit: 'days' } },
      { quantity: { value: '30', unit: 'days' } },
      ['NUMBER', 'DURATION'],
    ],
    ['length', { duration: 'P1Y' }, { duration: 'P2Y' }, ['DURATION']],
    ['payer', { party: 'openai' }, { party: 'microsoft' }, ['PARTY']],
    ['renews', { flag: true }, { flag: false }, ['NEGATION']],
    ['exclusive', { flag: true }, { flag: false }, ['NEGATION', 'EXCLUSIVITY']],
  ])('%s', (name, old, now, flags) => {
    expect(weighed(name, old, now)).toEqual(flags.map((flag) => [flag, name]));
  });

  test('a fact that is a text is weighed by its words', () => {
    const facts = diffFacts(
      [{ facts: { how: { text: 'it may' } } }],
      [{ facts: { how: { text: 'it must' } } }],
    );
    expect(materialIn({ ...NOTHING, facts }, NAMES)).toEqual([
      {
        flag: 'MODALITY',
        rule: MATERIAL_RULES.MODALITY.rule,
        removed: ['may'],
        added: ['must'],
        facts: [],
      },
    ]);
  });
});

test('a kind and a heading are weighed like words', () => {
  const fields = [{ name: 'kind', old: 'EXCLUSIVITY', new: 'RIGHT_OF_FIRST_REFUSAL' }] as const;
  expect(materialIn({ ...NOTHING, fields }, NAMES)).toMatchObject([
    { flag: 'EXCLUSIVITY', removed: ['EXCLUSIVITY'], added: ['FIRST REFUSAL'] },
  ]);
});

test('a name that stays in the midst of what was rewritten is no changed name', () => {
  const before =
    'Azure is the exclusive cloud for all OpenAI workloads: research, products and API.';
  const after =
    'Exclusivity on new capacity gives way to a right of first refusal: when OpenAI wants new computing capacity, Microsoft may take the order first.';
  expect(tripped(before, after)).toContainEqual(['PARTY', [], ['Microsoft']]);
});

import fc from 'fast-check';

const word = fc.constantFrom(
  'shall',
  'pay',
  'Azure',
  '60',
  'days',
  ' ',
  ' ',
  ' ',
  ' ',
  '\r\n',
  '\n',
  '\n\n',
  '\r\n\r\n',
  '\t',
  ',',
  '.',
  '. ',
  '| ',
  '- ',
  '(',
  ')',
  'e\u0301',
  '契約',
  '。',
  'שלום',
  '\u200fمرحبا',
  '👩‍⚖️',
  "party's",
  '\u00a0',
  '<b>',
  'https://a.example/b',
);

/** Words, marks, white space, scripts and emoji in any order. */
export const clause = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));

const cell = fc.constantFrom('Fee', '$5', '60 days', '', 'net');
const table = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { maxLength: 4 })
  .map((rows) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n'));

const SENTENCES = [
  'The tenant pays the rent in advance. ',
  'The tenant pays the rent in arrears. ',
  'Keys are given back at the end of the lease. ',
  'No pets (not even fish) are allowed in the house.\n',
  'Notice is given 60 days before, in writing.\n\n',
  'Notice is given 30 days before, in writing.\n\n',
  '契約は2025年に終わります。',
  '- heating\n',
];

/** Sentences in any order, some more than once: what moves a lot. */
export const prose = fc
  .array(fc.constantFrom(...SENTENCES), { maxLength: 10 })
  .map((sentences) => sentences.join(''));

export const anyText = fc.oneof(
  clause,
  prose,
  table,
  fc.constant(''),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string(),
);

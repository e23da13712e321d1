import { type Command, Option } from 'commander';
import { type PortfolioQuestion, portfolioQuestion } from '#app/portfolio-question.ts';
import { FINDING_CODES } from '#events/record.ts';
import { GRADES } from '#events/values.ts';
import { CliFailure } from './exit-codes.ts';
import { type Options, questionOf } from './question-options.ts';

/** What is asked of agreements, as flags; each with its place in the question. */
const FLAGS = [
  ['--party <id>', 'with this party', 'filter.party'],
  [
    '--standing <standing>',
    'whose own standing is this, like in-force or terminated',
    'filter.standing',
  ],
  ['--finding <code>', `that have this finding, of ${list(FINDING_CODES)}`, 'filter.finding'],
  ['--ends-after <day>', 'whose end lies behind this day', 'filter.endsOn.after'],
  ['--ends-before <day>', 'whose end lies before this day', 'filter.endsOn.before'],
  ['--term-kind <kind>', 'with a term of this kind in force, like EXCLUSIVITY', 'filter.term.kind'],
  [
    '--term-standing <standing>',
    'with a term of this standing, like removed',
    'filter.term.standing',
  ],
  [
    '--evidence <grade>',
    `with a term proven at least so well, of ${list(GRADES)}`,
    'filter.term.evidence.atLeast',
  ],
  [
    '--evidence-at-most <grade>',
    'with a term proven at most so well',
    'filter.term.evidence.atMost',
  ],
] as const;

function list(codes: readonly string[]): string {
  return codes.map((code) => code.toLowerCase().replaceAll('_', '-')).join(', ');
}

const FACTS = [
  ['--fact <name>', 'with a term that states this fact; any, where --fact-… is given without it'],
  ['--fact-above <amount>', 'and more than this: "100 EUR", "5 %", "30 days"'],
  ['--fact-below <amount>', 'and less than this'],
  ['--fact-after <day>', 'and a date behind this day'],
  ['--fact-before <day>', 'and a date before this day'],
] as const;

const nameOf = (flag: string): string => new Option(flag, '').attributeName();

export const addPortfolio = (command: Command): Command => {
  for (const [flag, meaning] of [...FLAGS, ...FACTS]) command.option(flag, meaning);
  return command
    .option('--sort <key>', 'by id (default), title, ends-on, terms or fact')
    .option('--descending', 'the last first');
};

const CODED = new Set([
  'standing',
  'finding',
  'termStanding',
  'evidence',
  'evidenceAtMost',
  'sort',
]);

/** Codes may be written small and with hyphens. */
const written = (name: string, value: unknown): unknown =>
  CODED.has(name) && typeof value === 'string' ? value.toUpperCase().replaceAll('-', '_') : value;

type Tree = { [name: string]: unknown };

/** Puts a value at a path of names with dots between them. */
const put = (tree: Tree, path: string, value: unknown): void => {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) tree[name] = value;
  else {
    const inner = (tree[name] ?? {}) as Tree;
    tree[name] = inner;
    put(inner, rest.join('.'), value);
  }
};

const AMOUNT = /^(-?[\d.]+)\s*(.+)$/;

/** A number and what it counts. */
const amountOf = (text: string, flag: string): readonly [number: string, unit: string] => {
  const [, number, unit] = AMOUNT.exec(text.trim()) ?? [];
  if (number !== undefined && unit !== undefined) return [number, unit];
  throw new CliFailure(
    'USAGE',
    `${flag} can't be ${JSON.stringify(text)}: expected an amount and its unit, like "100 EUR", "5 %" or "30 days"`,
  );
};

const measured = (unit: string, bounds: object): object => {
  if (unit === '%') return { percent: bounds };
  if (/^[A-Z]{3}$/.test(unit)) return { money: { currency: unit, ...bounds } };
  return { quantity: { unit, ...bounds } };
};

const textIn = (options: Options, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

const amountsIn = (options: Options): object | undefined => {
  const sides = [
    ['above', '--fact-above'],
    ['below', '--fact-below'],
  ] as const;
  const found = sides.flatMap(([side, flag]) => {
    const text = textIn(options, nameOf(flag));
    return text === undefined ? [] : [{ side, amount: amountOf(text, flag) }];
  });
  const units = new Set(found.map(({ amount }) => amount[1]));
  const [unit] = units;
  if (unit === undefined) return undefined;
  if (units.size > 1) {
    throw new CliFailure('USAGE', '--fact-above and --fact-below are amounts of different units');
  }
  const bounds = Object.fromEntries(found.map(({ side, amount }) => [side, amount[0]]));
  return measured(unit, bounds);
};

const daysIn = (options: Options): object | undefined => {
  const [after, before] = [textIn(options, 'factAfter'), textIn(options, 'factBefore')];
  if (after === undefined && before === undefined) return undefined;
  return {
    date: { ...(after !== undefined && { after }), ...(before !== undefined && { before }) },
  };
};

/** The facts asked for: one, of an amount or of a date. */
const factsIn = (options: Options): readonly object[] => {
  const [name, amounts, days] = [textIn(options, 'fact'), amountsIn(options), daysIn(options)];
  if (amounts !== undefined && days !== undefined) {
    throw new CliFailure('USAGE', 'a fact is an amount or a date; ask for one of them');
  }
  const measure = amounts ?? days;
  if (measure !== undefined) return [{ ...(name !== undefined && { name }), ...measure }];
  if (name === undefined) return [];
  throw new CliFailure(
    'USAGE',
    `--fact ${name} needs to know what it is compared with: add --fact-above, --fact-below, --fact-after or --fact-before`,
  );
};

const flagAt = (path: string): string => {
  const [flag] = FLAGS.find(([, , place]) => place === path) ?? [];
  if (flag !== undefined) return flag.split(' ')[0] ?? flag;
  return path.startsWith('filter.term.facts') ? '--fact' : '--sort';
};

/** The question that flags ask of all agreements. @throws {CliFailure} that names the flag and what would be right */
export const portfolioOf = (options: Options): PortfolioQuestion => {
  const tree: Tree = {};
  for (const [flag, , path] of FLAGS) {
    const name = nameOf(flag);
    if (options[name] !== undefined) put(tree, path, written(name, options[name]));
  }
  const facts = factsIn(options);
  if (facts.length > 0) put(tree, 'filter.term.facts', facts);
  if (options['sort'] !== undefined || options['descending'] === true) {
    const by = written('sort', options['sort'] ?? 'id');
    tree['order'] = { by, ...(options['descending'] === true && { descending: true }) };
  }
  const judged = portfolioQuestion.safeParse({ ...tree, at: questionOf(options) });
  if (judged.success) return judged.data;
  const problems = judged.error.issues.map(
    ({ path, message }) => `${flagAt(path.join('.'))}: ${message}`,
  );
  throw new CliFailure('USAGE', problems.join('\n'));
};

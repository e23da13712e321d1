import { type Command, Option } from 'commander';
import { type Condition, condition } from '#projections/bisect/condition.ts';
import { CliFailure } from './exit-codes.ts';
import { factOf } from './fact-of.ts';
import type { Options } from './question-options.ts';

type Form = { readonly [field: string]: unknown };
type Flag = {
  readonly flag: string;
  readonly meaning: string;
  /** The statement that one value of the flag makes. */
  readonly states: (value: string) => Form;
};

const misread = (flag: string, value: string, form: string): CliFailure =>
  new CliFailure('USAGE', `${flag} can't be ${JSON.stringify(value)}: expected ${form}`);

/** A term's id may hold colons itself; what stands behind the last one does not. */
const TERM_AND_NAME = /^(.+):([^:]+)$/s;
const TERM_AND_TEXT = /^([^:]+):(.+)$/s;

const COMPARED = { '=': 'EQUALS', '>': 'ABOVE', '<': 'BELOW' } as const;
const FACT = /^([^=<>]+):([^=<>:]+)([=<>])(.+)$/s;
const FACT_FORM = 'TERM:FACT and one of = > < and a value, such as rent:rent>100 EUR';

const factStatement = (value: string): Form => {
  const [, term, name, sign = '', stated = ''] = FACT.exec(value) ?? [];
  if (term === undefined) throw misread('--fact', value, FACT_FORM);
  const is = COMPARED[sign as keyof typeof COMPARED];
  return { fact: { term, name, is, value: factOf(stated.trim()) } };
};

const FLAGS: readonly Flag[] = [
  {
    flag: '--in-force <term>',
    meaning: 'the term is in force',
    states: (inForce) => ({ inForce }),
  },
  {
    flag: '--applies <term>',
    meaning: 'the term is in force, and no waiver or suspension covers it',
    states: (applies) => ({ applies }),
  },
  {
    flag: '--term-kind <kind>',
    meaning: 'some term of this kind is in force: EXCLUSIVITY, or TERM:EXCLUSIVITY for this one',
    states: (value) => {
      const [, term, kind] = TERM_AND_NAME.exec(value) ?? [];
      return term === undefined ? { kindInForce: value } : { termKind: { term, kind } };
    },
  },
  {
    flag: '--fact <comparison>',
    meaning:
      'TERM:FACT=VALUE, or > or <; a value is written as it is shown: "100 EUR", "20 %", "30 days", yes, 2030-12-31, P3M, or a text',
    states: factStatement,
  },
  {
    flag: '--standing <standing>',
    meaning: 'the agreement is scheduled, prospective, in-force, expired or terminated',
    states: (value) => ({ standing: value.toUpperCase().replaceAll('-', '_') }),
  },
  {
    flag: '--evidence <proof>',
    meaning: 'TERM:GRADE: the term is in force on proof of this grade or better',
    states: (value) => {
      const [, term, grade = ''] = TERM_AND_NAME.exec(value) ?? [];
      const form = 'TERM:GRADE, such as rent:PARTY_STATEMENT';
      if (term === undefined) throw misread('--evidence', value, form);
      return { evidence: { term, atLeast: grade.toUpperCase().replaceAll('-', '_') } };
    },
  },
  {
    flag: '--says <words>',
    meaning: 'TERM:WORDS: the prose of the term holds these words',
    states: (value) => {
      const [, term, words] = TERM_AND_TEXT.exec(value) ?? [];
      if (term === undefined)
        throw misread('--says', value, 'TERM:WORDS, such as "rent:in advance"');
      return { says: { term, words } };
    },
  },
  {
    flag: '--claim-open <claim>',
    meaning: 'the claim is reported, and neither resolved nor withdrawn',
    states: (claimOpen) => ({ claimOpen }),
  },
];

const several = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** Gives a command the flags that state a condition. */
export const addCondition = (command: Command): Command => {
  for (const { flag, meaning } of FLAGS) {
    command.addOption(new Option(flag, meaning).argParser(several));
  }
  return command
    .option('--not', 'look for where it does not hold; of several, where none of them does')
    .option('--any', 'of several, one is enough; otherwise all must hold');
};

const statements = (options: Options): readonly Form[] =>
  FLAGS.flatMap(({ flag, meaning, states }) => {
    const values = options[new Option(flag, meaning).attributeName()];
    return Array.isArray(values) ? values.map((value: string) => states(value)) : [];
  });

/** The condition that flags state. @throws {CliFailure} where there is none, or one has another form */
export const conditionOf = (options: Options): Condition => {
  const stated = statements(options);
  if (stated.length === 0) {
    const flags = FLAGS.map(({ flag }) => flag.split(' ')[0]).join(', ');
    throw new CliFailure('USAGE', `say what to look for: one or more of ${flags}`);
  }
  const parts = options['not'] === true ? stated.map((one) => ({ not: one })) : stated;
  const form = parts.length === 1 ? parts[0] : { [options['any'] === true ? 'any' : 'all']: parts };
  const parsed = condition.safeParse(form);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) =>
      `${path.filter((step) => typeof step === 'string').join(' ')}: ${message}`,
  );
  throw new CliFailure('USAGE', `the condition can't be understood: ${problems.join('; ')}`);
};

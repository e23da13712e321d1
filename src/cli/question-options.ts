import { type Command, Option } from 'commander';
import { type Question, question } from '#app/question.ts';
import { CliFailure } from './exit-codes.ts';

/** The coordinates of a question as flags; docs/reference/coordinates.md lists the same. */
export const COORDINATES = [
  {
    field: 'effectiveOn',
    flag: '--on <day>',
    meaning: 'the day whose law is asked for; default: today in the agreement’s zone',
  },
  {
    field: 'knownAt',
    flag: '--known-at <time>',
    meaning: 'as known at that instant, or at the end of that day; default: now',
  },
  {
    field: 'position',
    flag: '--position <n>',
    meaning: 'read the log up to this position, inclusive; default: to its end',
  },
  {
    field: 'knowledge',
    flag: '--public',
    meaning: 'hold --known-at against what was announced instead of what was recorded',
  },
  {
    field: 'executedBy',
    flag: '--executed-by <day>',
    meaning: 'leave out changes that were not yet executed on that day',
  },
  {
    field: 'assume',
    flag: '--assume <what>',
    meaning:
      'what if: scheduled, prospective, or claim:ID took effect on the day asked about; may be repeated',
  },
  {
    field: 'uncertain',
    flag: '--uncertain <how>',
    meaning: 'inside uncertain dates: report (default), earliest, or latest',
  },
  {
    field: 'version',
    flag: '--version <n>',
    meaning: 'the first day of that version, counted from 1, instead of --on',
  },
  { field: 'tag', flag: '--tag <name>', meaning: 'the point that was tagged so, instead of --on' },
  {
    field: 'cursor',
    flag: '--cursor <cursor>',
    meaning: 'where a reader of the feed was: the day then, and what the log held',
  },
  {
    field: 'asOf',
    flag: '--at <instant>',
    meaning: 'the day of an instant, and what was public by then',
  },
] as const satisfies readonly {
  readonly field: keyof Question;
  readonly flag: string;
  readonly meaning: string;
}[];

type Field = (typeof COORDINATES)[number]['field'];

const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...value.split(','),
];

const wholeNumber = (value: string): number => (/^\d+$/.test(value) ? Number(value) : Number.NaN);
const NUMBERS: ReadonlySet<Field> = new Set(['position', 'version']);

const optionOf = ({ field, flag, meaning }: (typeof COORDINATES)[number]): Option => {
  const option = new Option(flag, meaning);
  if (field === 'assume') return option.argParser(collected);
  return NUMBERS.has(field) ? option.argParser(wholeNumber) : option;
};

/** Gives a command the flags for some coordinates. */
export const addCoordinates = (command: Command, fields: readonly Field[]): Command => {
  for (const coordinate of COORDINATES) {
    if (fields.includes(coordinate.field)) command.addOption(optionOf(coordinate));
  }
  return command;
};

export const ALL_COORDINATES: readonly Field[] = COORDINATES.map(({ field }) => field);
/** Those that say what is known, without a day. */
export const KNOWLEDGE: readonly Field[] = [
  'knownAt',
  'position',
  'knowledge',
  'executedBy',
  'assume',
  'uncertain',
];

/** A command's options as commander hands them over, under the names of their flags. */
export type Options = { readonly [name: string]: unknown };

const given = (options: Options): { readonly [field: string]: unknown } =>
  Object.fromEntries(
    COORDINATES.flatMap(({ field, flag, meaning }) => {
      const value = options[new Option(flag, meaning).attributeName()];
      return value === undefined ? [] : [[field, value]];
    }),
  );

const assumptionsOf = (parts: readonly string[]): Question['assume'] => {
  const claims: string[] = [];
  const flags: { scheduled?: boolean; prospective?: boolean } = {};
  for (const part of parts) {
    if (part === 'scheduled' || part === 'prospective') flags[part] = true;
    else if (part.startsWith('claim:')) claims.push(part.slice('claim:'.length));
    else {
      throw new CliFailure(
        'USAGE',
        `--assume can't be ${JSON.stringify(part)}: expected scheduled, prospective or claim:ID`,
      );
    }
  }
  return claims.length === 0 ? flags : { ...flags, claims };
};

/** Coordinates by field as they are typed, in the form of a question. @throws {CliFailure} */
export const written = (asked: Options): Options => {
  const { knowledge, assume, uncertain } = asked;
  return {
    ...asked,
    ...(knowledge === true ? { knowledge: 'PUBLIC' } : {}),
    ...(Array.isArray(assume) ? { assume: assumptionsOf(assume) } : {}),
    ...(typeof uncertain === 'string' ? { uncertain: uncertain.toUpperCase() } : {}),
  };
};

const flagOf = (field: PropertyKey | undefined): string => {
  const flag = COORDINATES.find((coordinate) => coordinate.field === field)?.flag;
  return flag?.split(' ')[0] ?? String(field);
};

/** The question that flags ask. @throws {CliFailure} that names the flag and what would be right. */
export const questionOf = (options: Options): Question => {
  const asked = given(options);
  const parsed = question.safeParse(written(asked));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) =>
      `${flagOf(path[0])} can't be ${JSON.stringify(asked[String(path[0])])}: ${message}`,
  );
  throw new CliFailure('USAGE', problems.join('\n'));
};

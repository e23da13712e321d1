import { type Command, Option } from 'commander';
import type { App, DiffAnswer } from '#app/app.ts';
import type { Question } from '#app/question.ts';
import { statOf } from '#projections/diff/stat.ts';
import type { Causes } from '#render/cause-text.ts';
import { columns } from '#render/layout.ts';
import {
  onlyMaterial,
  printRedline,
  REDLINE_FORMATS,
  type RedlineFormat,
} from '#render/print-redline.ts';
import { type RedlineOptions, redlineOf } from '#render/redline.ts';
import { statRows } from '#render/stat-text.ts';
import { causesAt } from './causes.ts';
import { deliver } from './deliver.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { MODIFIERS, pointOf } from './point.ts';
import { addCoordinates, KNOWLEDGE, type Options, questionOf } from './question-options.ts';
import { asking, found, newCommand, type Session, sessionOf } from './session.ts';
import { showDiff } from './show-diff.ts';

/** Unchanged words beside a change, on a screen. */
const CONTEXT = 20;

const contextOf = ({ context }: Options): number | 'all' | undefined => {
  if (context === undefined || context === 'all') return context;
  if (typeof context === 'string' && /^\d{1,6}$/.test(context)) return Number(context);
  throw new CliFailure('USAGE', '--context takes a number of words, or all');
};

const grainOf = ({ sentences, paragraphs }: Options): NonNullable<RedlineOptions['by']> => {
  if (paragraphs === true) return 'PARAGRAPHS';
  return sentences === true ? 'SENTENCES' : 'WORDS';
};

const redlineOptions = (options: Options, usual: number | 'all'): RedlineOptions => {
  const context = contextOf(options) ?? usual;
  return { by: grainOf(options), ...(context !== 'all' && { context }) };
};

type Compared = { readonly answer: DiffAnswer; readonly causes: Causes };

const compared = async (
  app: App,
  agreement: string,
  [a, b]: readonly [Question, Question],
  material: boolean,
): Promise<Compared> => {
  const whole = await found(app, agreement, await app.views.diff(agreement, a, b));
  const answer = material ? onlyMaterial(whole) : whole;
  const ids = answer.diff.entries.flatMap(({ causedBy }) => causedBy);
  const causes = await causesAt(app, agreement, [
    { at: a, ids },
    { at: b, ids },
  ]);
  return { answer, causes };
};

const showStat = (session: Session, { diff }: DiffAnswer): void => {
  const stat = statOf(diff);
  session.show(stat, ({ line }) => {
    for (const row of columns(statRows(stat))) line(row);
  });
};

/** What was asked for, to the screen or into a file. */
const show = (session: Session, format: RedlineFormat | 'json', of: Compared): void => {
  const { options, screen } = session;
  if (format === 'text' && options['out'] === undefined) {
    showDiff(screen, redlineOf(of.answer, of.causes, redlineOptions(options, CONTEXT)));
  } else if (format === 'json') deliver(session, `${JSON.stringify(of.answer, null, 2)}\n`);
  else deliver(session, printRedline(format, of, redlineOptions(options, 'all')));
};

const formatOf = (session: Session): RedlineFormat | 'json' => {
  const { format } = session.options as { readonly format: RedlineFormat | 'json' };
  return session.json ? 'json' : format;
};

/** `codicil diff ID FROM TO`: what changed in the deal, or what was restated. */
export const diffCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'diff',
    summary: 'compare two points: what the parties changed between days, or what we restated',
    examples: [
      ['codicil diff microsoft-openai 2025-01-20 2025-01-21', 'what one day changed'],
      ['codicil diff microsoft-openai v4 today --material --stat', 'how much of it matters'],
      [
        'codicil diff microsoft-openai 2025-01-20 2025-01-21 --format html',
        'a page to send around; --out FILE writes it',
      ],
      [
        'codicil diff microsoft-openai v4 today --format docx',
        'tracked changes for a word processor; --out FILE writes them',
      ],
      [
        'codicil diff microsoft-openai 2022-01-01@known:2022-12-31 2022-01-01 --public',
        'what came to light since',
      ],
      [
        'codicil diff microsoft-openai today today@assume:scheduled',
        'what is agreed and still to come',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .argument(
      '<from>',
      `a day, a version (v4), a tag, cursor:CURSOR (where a reader of the feed was), or today; behind it any of ${Object.values(
        MODIFIERS,
      )
        .map(({ form }) => form)
        .join(' ')}`,
    )
    .argument('<to>', 'another point')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices([...REDLINE_FORMATS, 'json'])
        .default('text'),
    )
    .option('--out <file>', 'write it to a file instead')
    .option(
      '--material',
      'only differences that a rule flags: numbers, money, dates, shall, not …; json-patch and unified show all',
    )
    .option(
      '--context <words>',
      'unchanged words to show beside a change, or all; on a screen 20, else all',
    )
    .addOption(new Option('--words', 'mark the words that changed; the default'))
    .addOption(new Option('--sentences', 'mark whole sentences').conflicts('words'))
    .addOption(
      new Option('--paragraphs', 'mark whole paragraphs').conflicts(['words', 'sentences']),
    )
    .option('--stat', 'only count: entries, words, facts, flags')
    .option('--json', 'the same as --format json');
  addCoordinates(command, KNOWLEDGE);
  return command.action(async (agreement: string, from: string, to: string, options) => {
    const session = sessionOf(io, options);
    contextOf(session.options);
    const shared = questionOf(session.options);
    const points = [pointOf(from, shared), pointOf(to, shared)] as const;
    await asking(session, async (app) => {
      const both = await compared(app, agreement, points, session.options['material'] === true);
      if (session.options['stat'] === true) showStat(session, both.answer);
      else show(session, formatOf(session), both);
    });
  });
};

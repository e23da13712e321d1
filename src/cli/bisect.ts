import type { Command } from 'commander';
import type { BisectAnswer } from '#app/app.ts';
import type { Day } from '#events/days.ts';
import type { KnownStretch, Moment } from '#projections/bisect/bisect.ts';
import type { Stretch } from '#projections/stretches.ts';
import { addCondition, conditionOf } from './condition-options.ts';
import type { Io, Screen } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showBasis } from './show-state.ts';

const dayText = ({ from, until }: Stretch<Day>): string => `${from ?? '…'} to ${until ?? '…'}`;

const momentText = ({ at, position }: Moment): string =>
  position === undefined ? `public at ${at}` : `position ${position}, recorded at ${at}`;

const knownText = ({ from, until }: KnownStretch): string => {
  const start = from === undefined ? 'from the beginning' : `from ${momentText(from)}`;
  return until === undefined ? start : `${start}, until ${momentText(until)}`;
};

const showStretches = (screen: Screen, heading: string, lines: readonly string[]): void => {
  screen.line();
  screen.line(screen.paint('bold', heading));
  for (const line of lines.length > 0 ? lines : ['never']) screen.line(`  ${line}`);
};

const showBisection = (screen: Screen, answer: BisectAnswer): void => {
  const { days, known, basis } = answer;
  showBasis(screen, answer);
  showStretches(screen, 'It holds on these days', days.map(dayText));
  showStretches(screen, `Of ${basis.effectiveOn} we knew it`, known.map(knownText));
};

/** `codicil bisect ID`: since when something holds, and since when we knew. */
export const bisectCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'bisect',
    summary: 'find the days on which a condition on the terms holds, and since when that was known',
    examples: [
      ['codicil bisect microsoft-openai --in-force compute.exclusivity', 'when exclusivity held'],
      [
        'codicil bisect microsoft-openai --in-force compute.exclusivity --not --on 2025-03-01',
        'and since when we know it was gone',
      ],
      [
        'codicil bisect microsoft-openai --fact revenue.to-microsoft:through=2030 --public',
        'since when a fact is public',
      ],
      [
        'codicil bisect microsoft-openai --term-kind EXCLUSIVITY --claim-open agi-clause-removal',
        'where both hold',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--json', 'print the stretches and their basis as JSON');
  addCondition(command);
  addCoordinates(command, ['effectiveOn', ...KNOWLEDGE.filter((field) => field !== 'assume')]);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    const [condition, question] = [conditionOf(session.options), questionOf(session.options)];
    await asking(session, async (app) => {
      const asked = await app.views.bisect(agreement, question, condition);
      const answer = await found(app, agreement, asked);
      session.show(answer, (screen) => showBisection(screen, answer));
    });
  });
};

import type { Command } from 'commander';
import type { ChangeView } from '#projections/change-view.ts';
import type { TimelineEntry } from '#projections/timeline.ts';
import { columns, indented } from '#render/layout.ts';
import type { Io, Screen } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showBasis } from './show-state.ts';

const startOf = ({ effectiveFrom }: ChangeView): string => {
  if (effectiveFrom === undefined) return 'from an unknown day';
  return typeof effectiveFrom === 'string' ? `from ${effectiveFrom}` : 'on conditions';
};

const showEntry = (screen: Screen, { instrument, changes }: TimelineEntry): void => {
  const { kind, executedAt, announcedAt, retracted } = instrument;
  const facts = [
    kind,
    ...(executedAt === undefined ? [] : [`executed ${executedAt}`]),
    ...(announcedAt === undefined ? [] : [`announced ${announcedAt}`]),
    ...(retracted ? ['retracted'] : []),
  ];
  screen.line();
  screen.line(
    `${screen.paint('bold', instrument.title)}  ${screen.paint('cyan', instrument.instrumentId)}`,
  );
  screen.line(screen.paint('dim', `  ${facts.join(' · ')}`));
  const rows = changes.map((change) => [
    change.type,
    change.terms.join(', '),
    startOf(change),
    change.standing,
    change.evidence,
  ]);
  for (const line of indented(columns(rows), 2)) screen.line(line);
};

/** `codicil timeline ID`: the papers in order, with what each did. */
export const timelineCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'timeline',
    summary: 'list the instruments of an agreement with the changes each made',
    examples: [['codicil timeline microsoft-openai', 'every paper, and what it did']],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--json', 'print the entries and their basis as JSON');
  addCoordinates(command, KNOWLEDGE);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    await asking(session, async (app) => {
      const asked = await app.views.timeline(agreement, questionOf(session.options));
      const answer = await found(app, agreement, asked);
      session.show(answer, (screen) => {
        showBasis(screen, answer);
        for (const entry of answer.entries) showEntry(screen, entry);
      });
    });
  });
};

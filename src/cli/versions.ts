import type { Command } from 'commander';
import { columns } from '#render/layout.ts';
import type { Io } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showBasis } from './show-state.ts';

/** `codicil versions ID`: the stretches of days on which the terms stay the same. */
export const versionsCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'versions',
    summary: 'list the versions of an agreement along its days, with the changes that began each',
    examples: [
      ['codicil versions microsoft-openai', 'as known now'],
      [
        'codicil versions microsoft-openai --known-at 2023-06-30 --public',
        'as the public knew it then',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--json', 'print the versions and their basis as JSON');
  addCoordinates(command, KNOWLEDGE);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    await asking(session, async (app) => {
      const asked = await app.views.versions(agreement, questionOf(session.options));
      const answer = await found(app, agreement, asked);
      session.show(answer, (screen) => {
        showBasis(screen, answer);
        const rows = answer.versions.map(({ number, from, until, changes }) => [
          { text: `v${number}`, look: (text: string) => screen.paint('cyan', text) },
          `${from} to ${until ?? '…'}`,
          changes.join(', '),
        ]);
        for (const line of columns(rows)) screen.line(line);
      });
    });
  });
};

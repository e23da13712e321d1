import { type Command, Option } from 'commander';
import { COPY_FORMATS, type CopyFormat, printCopy } from '#render/print-copy.ts';
import { deliver } from './deliver.ts';
import type { Io } from './io.ts';
import { ALL_COORDINATES, addCoordinates, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';

/** `codicil copy ID`: the agreement as it reads on a day. */
export const copyCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'copy',
    summary: 'print the agreement as it reads on a day, with a footnote at each passage changed',
    examples: [
      ['codicil copy microsoft-openai --on 2025-03-01', 'the conformed copy of a day'],
      [
        'codicil copy microsoft-openai --format docx',
        'a file for a word processor; --out FILE writes it',
      ],
      [
        'codicil copy microsoft-openai --format html --assume scheduled',
        'a page: what if all that is agreed were in force',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices([...COPY_FORMATS])
        .default('markdown'),
    )
    .option('--out <file>', 'write it to a file instead');
  addCoordinates(command, ALL_COORDINATES);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    const { format } = session.options as { readonly format: CopyFormat };
    const question = questionOf(session.options);
    await asking(session, async (app) => {
      const answer = await found(app, agreement, await app.views.copy(agreement, question));
      deliver(session, printCopy(format, answer));
    });
  });
};

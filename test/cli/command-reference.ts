import type { Command } from 'commander';
import { programOf } from '#cli/program.ts';

const HEAD = `# Command line

\`npx codicil COMMAND\` in a clone, or \`node bin/codicil.js COMMAND\`. Every command opens the log itself, beside a running server or
without one; only \`serve\` and \`record\` make one. \`codicil help COMMAND\` prints what stands here. See also the
[settings](settings.md), the [coordinates](coordinates.md) and the [exit codes](exit-codes.md).
`;

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (header: string, rows: readonly (readonly [string, string])[]): readonly string[] =>
  rows.length === 0
    ? []
    : [
        '',
        row([header, 'meaning']),
        '| --- | --- |',
        ...rows.map(([a, b]) => row([`\`${a}\``, b])),
      ];

const examplesOf = (command: Command): string => {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHasColors: () => false });
  command.outputHelp();
  return help.slice(help.indexOf('Examples:\n') + 'Examples:\n'.length);
};

const section = (command: Command): string =>
  [
    `## codicil ${command.name()} ${command.usage().replace('[options] ', '').replace('[options]', '')}`.trimEnd(),
    '',
    command.description(),
    ...table(
      'argument',
      command.registeredArguments.map((each) => [each.name(), each.description] as const),
    ),
    ...table(
      'flag',
      command.options.map(({ flags, description }) => [flags, description] as const),
    ),
    '',
    '```text',
    ...examplesOf(command)
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^ {2}/, '')),
    '```',
  ].join('\n');

/** The page about the command line, made from the command line. */
export const commandReference = (): string => {
  const io = { write: () => undefined };
  const program = programOf({
    out: io,
    err: io,
    env: {},
    signal: new AbortController().signal,
    now: () => 0,
  });
  return `${[HEAD.trimEnd(), ...program.commands.map(section)].join('\n\n')}\n`;
};

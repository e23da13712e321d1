import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { agreementsCommand } from './agreements.ts';
import { answerCommand } from './answer.ts';
import { bisectCommand } from './bisect.ts';
import { claimsCommand } from './claims.ts';
import { copyCommand } from './copy.ts';
import { copyLogCommand } from './copy-log.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { impactCommand } from './impact.ts';
import { importCommand } from './import.ts';
import { type Io, paintFor } from './io.ts';
import { lineageCommand } from './lineage.ts';
import { logCommand } from './log.ts';
import { rebuildCommand } from './rebuild.ts';
import { recordCommand } from './record.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { sourcesCommand } from './sources.ts';
import { termsCommand } from './terms.ts';
import { textCommand } from './text.ts';
import { timelineCommand } from './timeline.ts';
import { verifyCommand } from './verify.ts';
import { versionsCommand } from './versions.ts';
import { watchCommand } from './watch.ts';

/** In the order in which help lists them. */
const COMMANDS = [
  serveCommand,
  recordCommand,
  importCommand,
  exportCommand,
  agreementsCommand,
  impactCommand,
  termsCommand,
  textCommand,
  copyCommand,
  diffCommand,
  explainCommand,
  bisectCommand,
  lineageCommand,
  versionsCommand,
  timelineCommand,
  claimsCommand,
  sourcesCommand,
  logCommand,
  watchCommand,
  verifyCommand,
  doctorCommand,
  copyLogCommand,
  rebuildCommand,
  schemaCommand,
  answerCommand,
] as const;

const versionOf = (): string =>
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

const EXAMPLES = `
Examples:
  codicil serve                                       the API and the GraphiQL page
  codicil record agreements/microsoft-openai.yaml     an agreement file
  codicil terms microsoft-openai --on 2025-03-01      what held on a day, and why
  codicil diff microsoft-openai 2025-01-20 today      what changed since

"codicil help COMMAND" explains each. Exit codes: 0 done, 1 refused, 2 not understood, 3 not there, 4 can't run
here, 5 our fault.`;

/** The command line; each command throws what goes wrong. */
export const programOf = (io: Io): Command => {
  const paint = paintFor(io.out, io.env);
  const program = new Command('codicil')
    .description(
      'What the parties agreed, as of any day: terms, differences, and a feed of changes.',
    )
    .version(versionOf(), '-V, --version', 'print the version')
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({
      styleTitle: (text) => paint('bold', text),
      styleSubcommandTerm: (text) => paint('cyan', text),
      styleOptionTerm: (text) => paint('cyan', text),
    })
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'codicil: ')),
      getOutHelpWidth: () => io.out.columns ?? 100,
      getErrHelpWidth: () => io.err.columns ?? 100,
      // Our own paint has decided already whether there are colours.
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    })
    .addHelpText('after', EXAMPLES);
  for (const make of COMMANDS) program.addCommand(make(io).copyInheritedSettings(program));
  return program;
};

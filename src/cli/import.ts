import { Argument, type Command, Option } from 'commander';
import { PILES, type PileKind } from '#importers/piles.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { record } from './record.ts';
import { newCommand, type Session, sessionOf } from './session.ts';

/** Loaded when something is imported: no other command needs it. */
const imported = async (kind: PileKind | 'events', path: string, session: Session) =>
  (await import('./importing.ts')).importPileAt(kind, path, session);

/** `codicil import KIND PATH`: a pile of documents with their versions into agreements. */
export const importCommand = (io: Io): Command =>
  newCommand({
    name: 'import',
    summary: 'import document histories: every document an agreement, every version an instrument',
    examples: [
      ['codicil import git ~/policies --paths "**/*.md"', 'the history of a clone'],
      ['codicil import folder contracts --dates from-name --dry-run', 'what would be imported'],
      ['codicil import events lease.jsonl', 'what "codicil export --format jsonl" wrote'],
    ],
    settings: 'writing',
  })
    .addArgument(
      new Argument('<kind>', 'what the pile is').choices([
        ...Object.keys(PILES),
        'events',
        'agreement',
      ]),
    )
    .argument('<path...>', 'where it lies; several for agreement files alone')
    .option('--dry-run', 'show what would be imported, and import nothing')
    .addOption(
      new Option(
        '--order <order>',
        'what decides where the pile’s own order and its dates disagree',
      )
        .choices(['date', 'source'])
        .default('date'),
    )
    .option('--zone <zone>', 'the time zone in which days begin; default: UTC')
    .option('--prefix <id>', 'stands before the id of every agreement; default: the pile’s name')
    .option('--publisher <name>', 'who publishes the documents; default: the pile’s name')
    .option(
      '--ref <ref>',
      'git, ota: the branch, tag or commit whose history counts; default: HEAD',
    )
    .option('--paths <glob...>', 'git: only these documents, such as policies/**.md')
    .option(
      '--dates <how>',
      'folder: from-name, from-mtime, or a CSV file with the columns file,date[,document][,title]; default: from-name',
    )
    .addOption(
      new Option('--agreement-per <what>', 'what becomes one agreement')
        .choices(['file', 'folder'])
        .default('file'),
    )
    .option('--watch', 'go on as the pile changes, until Ctrl-C')
    .option('--json', 'print the report as JSON')
    .action((kind: PileKind | 'events' | 'agreement', paths: readonly string[], options) => {
      const session = sessionOf(io, options);
      if (kind === 'agreement') return record(paths, session);
      const [path = '', ...others] = paths;
      if (others.length === 0) return imported(kind, path, session);
      throw new CliFailure('USAGE', 'Import one pile at a time.');
    });

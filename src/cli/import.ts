import { setTimeout as sleep } from 'node:timers/promises';
import { Argument, type Command, Option } from 'commander';
import { importPile, lookThrough, type PileReport } from '#importers/documents/import-pile.ts';
import { idOfPath } from '#importers/documents/names.ts';
import type { Order } from '#importers/documents/timeline.ts';
import type { VersionSource } from '#importers/documents/version-source.ts';
import { PILES, type PileKind, pileAt } from '#importers/piles.ts';
import type { EventStore } from '#store/store.ts';
import { CliFailure } from './exit-codes.ts';
import { importEventsFile } from './import-events.ts';
import type { Io } from './io.ts';
import { progressLine } from './progress.ts';
import type { Options } from './question-options.ts';
import { record } from './record.ts';
import { newCommand, openLog, type Session, sessionOf } from './session.ts';
import { showPile, showReport } from './show-import.ts';

const text = (options: Options, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

const prefixOf = (session: Session, source: VersionSource): string =>
  text(session.options, 'prefix') ?? idOfPath(source.name);

const carryOut = async (
  session: Session,
  log: EventStore,
  source: VersionSource,
): Promise<PileReport> => {
  const { io, options, config } = session;
  const pile = await lookThrough(source, prefixOf(session, source));
  const progress = progressLine(io, 'Imported', 'versions');
  let done = 0;
  try {
    return await importPile(pile, {
      source,
      log,
      by: config.by,
      order: options['order'] as Order,
      timeZone: text(options, 'zone') ?? 'UTC',
      publisher: text(options, 'publisher') ?? source.name,
      onVersion: () => {
        done++;
        progress.show({ events: done, share: done / pile.versions });
      },
      signal: io.signal,
    });
  } finally {
    progress.end();
  }
};

/** Between two looks at a pile that is followed, ms. */
const LOOK_MS = 2_000;

const gained = ({ documents }: PileReport): boolean => documents.some(({ events }) => events > 0);

/** Imports what is new, again and again, until the user ends it. */
const follow = async (session: Session, log: EventStore, open: () => Promise<VersionSource>) => {
  const { io, screen } = session;
  while (!io.signal.aborted) {
    await sleep(LOOK_MS, undefined, { signal: io.signal }).catch(() => undefined);
    if (io.signal.aborted) return;
    await using source = await open();
    const report = await carryOut(session, log, source);
    if (gained(report)) session.show(report, () => showReport(screen, report));
  }
};

const run = async (kind: PileKind | 'events', path: string, session: Session): Promise<void> => {
  if (kind === 'events') return importEventsFile(path, session);
  const open = () => pileAt(kind, path, session.options);
  await using source = await open();
  if (session.options['dryRun'] === true) {
    const pile = await lookThrough(source, prefixOf(session, source));
    session.show(pile, (screen) => showPile(screen, pile));
    return;
  }
  await using log = await openLog(session);
  const report = await carryOut(session, log, source);
  session.show(report, (screen) => showReport(screen, report));
  if (report.interrupted) {
    throw new CliFailure('UNAVAILABLE', 'Interrupted; the same command goes on where it was.');
  }
  if (session.options['watch'] === true) await follow(session, log, open);
};

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
      if (others.length === 0) return run(kind, path, session);
      throw new CliFailure('USAGE', 'Import one pile at a time.');
    });

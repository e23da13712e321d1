import { setTimeout as sleep } from 'node:timers/promises';
import {
  importPile,
  lookThrough,
  type Pile,
  type PileReport,
} from '#importers/documents/import-pile.ts';
import { idOfPath } from '#importers/documents/names.ts';
import type { Order } from '#importers/documents/timeline.ts';
import type { VersionHead, VersionSource } from '#importers/documents/version-source.ts';
import { type PileKind, pileAt, stampOf } from '#importers/piles.ts';
import type { EventStore } from '#store/store.ts';
import { collectSooner } from './collect-sooner.ts';
import { CliFailure } from './exit-codes.ts';
import { importEventsFile } from './import-events.ts';
import { progressLine } from './progress.ts';
import type { Options } from './question-options.ts';
import { openLog, type Session } from './session.ts';
import { showPile, showReport } from './show-import.ts';

const text = (options: Options, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

const prefixOf = (session: Session, source: VersionSource): string =>
  text(session.options, 'prefix') ?? idOfPath(source.name);

const namesOf = (versions: readonly VersionHead[]): string =>
  versions.map(({ versionId }) => versionId).join(' ');

/** Imports what is new in one pile, as often as it is asked to. */
class Importing {
  readonly #session: Session;
  readonly #log: EventStore;
  /** Of each document the versions that were there when it was imported last. */
  readonly #done = new Map<string, string>();

  constructor(session: Session, log: EventStore) {
    this.#session = session;
    this.#log = log;
  }

  async carryOut(source: VersionSource): Promise<PileReport> {
    const { io, options, config } = this.#session;
    const pile = await lookThrough(source, prefixOf(this.#session, source));
    const progress = progressLine(io, 'Imported', 'versions');
    let done = 0;
    const settings = {
      source,
      log: this.#log,
      by: config.by,
      order: options['order'] as Order,
      timeZone: text(options, 'zone') ?? 'UTC',
      publisher: text(options, 'publisher') ?? source.name,
      onVersion: () => {
        done++;
        progress.show({ events: done, share: done / pile.versions });
      },
      signal: io.signal,
    };
    try {
      const report = await importPile(pile, settings, (one) => this.#isDone(one));
      if (!report.interrupted) this.#note(pile);
      return report;
    } finally {
      progress.end();
    }
  }

  #isDone({ agreementId, versions }: Pile['documents'][number]): boolean {
    return this.#done.get(agreementId) === namesOf(versions);
  }

  #note({ documents }: Pile): void {
    for (const { agreementId, versions } of documents)
      this.#done.set(agreementId, namesOf(versions));
  }
}

/** Between two looks at a pile that is followed, ms. */
const LOOK_MS = 2_000;

const gained = ({ documents }: PileReport): boolean => documents.some(({ events }) => events > 0);

type Followed = { readonly kind: PileKind; readonly path: string; stamp: string | undefined };

/** Whether a pile may hold something new. */
const mayBeNew = async (followed: Followed, options: Options): Promise<boolean> => {
  const stamp = await stampOf(followed.kind, followed.path, options);
  const same = stamp !== undefined && stamp === followed.stamp;
  followed.stamp = stamp;
  return !same;
};

/** Imports what is new, again and again, until the user ends it. */
const follow = async (session: Session, importing: Importing, pile: Followed): Promise<void> => {
  const { io, screen, options } = session;
  while (!io.signal.aborted) {
    await sleep(LOOK_MS, undefined, { signal: io.signal }).catch(() => undefined);
    if (io.signal.aborted || !(await mayBeNew(pile, options))) continue;
    await using source = await pileAt(pile.kind, pile.path, options);
    const report = await importing.carryOut(source);
    if (gained(report)) session.show(report, () => showReport(screen, report));
  }
};

const showPlan = async (session: Session, source: VersionSource): Promise<void> => {
  const pile = await lookThrough(source, prefixOf(session, source));
  session.show(pile, (screen) => showPile(screen, pile));
};

/** Imports a pile, or shows what would be imported, and follows it where that is asked for. @throws {CliFailure} */
export const importPileAt = async (
  kind: PileKind | 'events',
  path: string,
  session: Session,
): Promise<void> => {
  if (kind === 'events') return importEventsFile(path, session);
  const stamp = await stampOf(kind, path, session.options);
  await using source = await pileAt(kind, path, session.options);
  if (session.options['dryRun'] === true) return showPlan(session, source);
  collectSooner(60);
  await using log = await openLog(session);
  const importing = new Importing(session, log);
  const report = await importing.carryOut(source);
  session.show(report, (screen) => showReport(screen, report));
  if (report.interrupted) {
    throw new CliFailure('UNAVAILABLE', 'Interrupted; the same command goes on where it was.');
  }
  if (session.options['watch'] === true) await follow(session, importing, { kind, path, stamp });
};

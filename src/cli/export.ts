import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { createApp } from '#app/create-app.ts';
import { allReadable } from '#app/rule-memory.ts';
import { streamOf } from '#app/stream-name.ts';
import { isoDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { dayOf } from '#events/instants.ts';
import { agreementCommits } from '#exporters/agreement-commits.ts';
import { writeAgreementFile } from '#exporters/agreement-file.ts';
import { cloudEvent } from '#exporters/cloud-event.ts';
import { exportBundle, exportRepository } from '#exporters/git-export.ts';
import type { EventStore } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { save } from './save.ts';
import { found, newCommand, openExisting, type Session, sessionOf } from './session.ts';
import { type Exported, showExported } from './show-export.ts';

type Asked = {
  readonly agreement: string;
  readonly store: EventStore;
  readonly session: Session;
  /** Absent: to the output. */
  readonly out?: string;
};

const eventsOf = async ({ store, agreement }: Asked): Promise<readonly Recorded[]> =>
  allReadable(await wholeStream(store, streamOf(agreement)));

/** Events line by line, so that a long history is never held at once. */
const jsonl = async (asked: Asked): Promise<Exported> => {
  const { agreement, store, session, out } = asked;
  const { signal } = session.io;
  let events = 0;
  const pages = async function* () {
    for await (const page of store.readStream(streamOf(agreement), { signal })) {
      events += page.length;
      yield page.map((stored) => `${cloudEvent(agreement, stored)}\n`).join('');
    }
  };
  if (out === undefined) for await (const lines of pages()) session.io.out.write(lines);
  else await pipeline(pages, createWriteStream(out), { signal }).catch(notWritten(out));
  return { agreement, format: 'jsonl', events };
};

const notWritten =
  (out: string) =>
  (trouble: unknown): never => {
    if (!(trouble instanceof Error && 'syscall' in trouble)) throw trouble;
    throw new CliFailure('UNAVAILABLE', `${out} can not be written: ${trouble.message}`);
  };

const yaml = async (asked: Asked): Promise<Exported> => {
  const { agreement, session, out } = asked;
  const events = await eventsOf(asked);
  const today = isoDay(dayOf(session.io.now(), 'UTC'));
  const { text, troubles } = await writeAgreementFile(agreement, events, today);
  if (troubles.length > 0) {
    const why = troubles.map((trouble) => `  ${trouble}`).join('\n');
    throw new CliFailure(
      'REFUSED',
      `An agreement file would not be recorded to the same ${agreement}; --format jsonl keeps all of it.\n${why}`,
    );
  }
  if (out === undefined) session.io.out.write(text);
  else save(out, text);
  return { agreement, format: 'yaml', events: events.length };
};

const repository =
  (format: 'git' | 'bundle', write: typeof exportRepository) =>
  async (asked: Asked): Promise<Exported> => {
    const { agreement, session, out } = asked;
    if (out === undefined) {
      throw new CliFailure('USAGE', `--format ${format} writes no text; say where with --out.`);
    }
    const { commits, undated } = agreementCommits(agreement, await eventsOf(asked));
    const made = await write(out, commits, session.io.signal);
    return { agreement, format, ...made, undated };
  };

const FORMATS = {
  yaml,
  jsonl,
  git: repository('git', exportRepository),
  bundle: repository('bundle', exportBundle),
} as const;
type Format = keyof typeof FORMATS;

/** What was interrupted is not whole, whether it noticed or not. */
const uninterrupted = async <T>({ io }: Session, work: Promise<T>): Promise<T> => {
  const failure = () =>
    new CliFailure('UNAVAILABLE', 'Interrupted; what was written is not whole.');
  try {
    const result = await work;
    if (!io.signal.aborted) return result;
  } catch (trouble) {
    throw io.signal.aborted ? failure() : trouble;
  }
  throw failure();
};

const run = async (agreement: string, session: Session): Promise<void> => {
  const { format, out } = session.options;
  if (session.json && typeof out !== 'string') {
    throw new CliFailure('USAGE', '--json reports on what was written; say where with --out.');
  }
  await using store = await openExisting(session);
  await using app = await createApp({ store, now: session.io.now });
  await found(app, agreement, (await app.views.has(agreement)) ? agreement : undefined);
  const asked = { agreement, store, session, ...(typeof out === 'string' && { out }) };
  const exported = await uninterrupted(session, FORMATS[format as Format](asked));
  if (typeof out !== 'string') return;
  session.show({ ...exported, out }, (screen) => showExported(screen, exported, out));
};

/** `codicil export ID`: an agreement out of the log. */
export const exportCommand = (io: Io): Command =>
  newCommand({
    name: 'export',
    summary: 'write an agreement out: as a file to record, its events, or a git repository',
    examples: [
      ['codicil export microsoft-openai --format yaml', 'an agreement file, for "codicil record"'],
      ['codicil export lease --format jsonl > lease.jsonl', 'for "codicil import events"'],
      ['codicil export lease --format git --out lease', 'a commit for each version'],
      ['codicil export lease --format bundle --out lease.bundle', '"git clone lease.bundle"'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .addOption(
      new Option('--format <format>', 'what to write it as')
        .choices(Object.keys(FORMATS))
        .makeOptionMandatory(),
    )
    .option('--out <path>', 'write it there; git: a folder that is new or empty')
    .option('--json', 'print a report as JSON; needs --out')
    .action((agreement: string, options) => run(agreement, sessionOf(io, options)));

import { type EventsReport, importEvents } from '#importers/import-events.ts';
import { columns, indented } from '#render/layout.ts';
import { openStore } from '#store/open.ts';
import { CliFailure } from './exit-codes.ts';
import type { Screen } from './io.ts';
import { progressLine } from './progress.ts';
import { openLog, type Session, thereIsALog } from './session.ts';

/** A dry run makes no log where there is none. */
const logFor = (session: Session, dryRun: boolean) =>
  dryRun && !thereIsALog(session.config)
    ? openStore('sqlite::memory:', { now: session.io.now })
    : openLog(session);

const show = ({ line, paint }: Screen, path: string, report: EventsReport): void => {
  const { agreement, before, recorded, redated, problems } = report;
  const rows = problems.map((problem) => [`${path}:${problem.line}`, problem.message]);
  for (const row of indented(columns(rows), 2)) line(row);
  if (agreement === undefined || problems.length > 0) return;
  line(`${paint('cyan', agreement)}  ${recorded} events recorded, ${before} were there already`);
  if (redated === 0) return;
  const why = 'the log has later events of other agreements';
  line(`${paint('yellow', `${redated} are dated later than in the file`)}: ${why}`);
};

/** `codicil import events FILE`: what `codicil export --format jsonl` wrote, back into a log. */
export const importEventsFile = async (path: string, session: Session): Promise<void> => {
  const dryRun = session.options['dryRun'] === true;
  await using log = await logFor(session, dryRun);
  const progress = progressLine(session.io, 'Imported');
  const onProgress = (done: number, of: number) =>
    progress.show({ events: done, share: done / of });
  let report: EventsReport;
  try {
    report = await importEvents(log, path, { dryRun, onProgress, signal: session.io.signal });
  } finally {
    progress.end();
  }
  session.show(report, (screen) => show(screen, path, report));
  if (report.problems.length > 0) throw new CliFailure('REFUSED', 'Nothing of it was recorded.');
  if (report.interrupted) {
    throw new CliFailure('UNAVAILABLE', 'Interrupted; the same command goes on where it was.');
  }
};

import { basename } from 'node:path';
import type { Command } from 'commander';
import { createApp } from '#app/create-app.ts';
import { openExecutor } from '#app/execute.ts';
import { streamOf } from '#app/stream-name.ts';
import { type FileReport, recordFile } from '#importers/agreement-file.ts';
import { readAgreementFile } from '#importers/read-agreement-file.ts';
import type { Finding } from '#projections/state.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { textOf } from './json-lines.ts';
import { newCommand, openLog, type Session, sessionOf, thereIsALog } from './session.ts';
import { isRefused, showFindings, showReport } from './show-report.ts';

type Input = { readonly file: string; readonly text: string };

/** What became of a file, and what looks odd in its agreement as it stands today. */
type Report = FileReport & { readonly findings: readonly Finding[] };

const recordInto = async (
  store: EventStore,
  { file, text }: Input,
  session: Session,
): Promise<Report> => {
  const { correct } = session.options;
  const report = await recordFile(openExecutor(store), text, {
    fileName: basename(file),
    by: session.config.by,
    ...(typeof correct === 'string' ? { correct } : {}),
  });
  if (report.agreement === undefined || report.recorded.length === 0) {
    return { ...report, findings: [] };
  }
  await using app = await createApp({ store, now: session.io.now });
  const today = await app.views.stateAt(report.agreement, {});
  return { ...report, findings: today?.state.findings ?? [] };
};

const copy = async (from: EventStore, to: EventStore, stream: string): Promise<void> => {
  for await (const page of from.readStream(stream)) await to.append(stream, page, 'any');
};

/** Records a file into a copy of what the log has of its agreement; the log itself stays as it is. */
const rehearse = async (input: Input, session: Session): Promise<Report> => {
  await using rehearsal = await openStore('sqlite::memory:', { now: session.io.now });
  const agreement = readAgreementFile(input.text).file?.agreement;
  if (agreement !== undefined && thereIsALog(session.config)) {
    await using store = await openLog(session);
    await copy(store, rehearsal, streamOf(agreement));
  }
  return await recordInto(rehearsal, input, session);
};

const carryOut = async (inputs: readonly Input[], session: Session): Promise<readonly Report[]> => {
  const reports: Report[] = [];
  if (session.options['check'] === true) {
    for (const input of inputs) reports.push(await rehearse(input, session));
    return reports;
  }
  await using store = await openLog(session);
  for (const input of inputs) reports.push(await recordInto(store, input, session));
  return reports;
};

/** Records agreement files, each whole or not at all. @throws {CliFailure} REFUSED where one was not */
export const record = async (files: readonly string[], session: Session): Promise<void> => {
  const inputs = files.map((file) => ({ file, text: textOf(file) }));
  const reports = await carryOut(inputs, session);
  const named = inputs.map(({ file }, i) => ({ file, ...reports[i] }));
  session.show(named, (screen) => {
    for (const [i, report] of reports.entries()) {
      showReport(screen, report, {
        file: files[i] ?? '',
        checkOnly: session.options['check'] === true,
      });
      showFindings(screen, report.findings);
    }
  });
  const refused = reports.filter(isRefused).length;
  if (refused === 0) return;
  const which =
    files.length === 1 ? 'Nothing of it' : `Nothing of ${refused} of ${files.length} files`;
  throw new CliFailure('REFUSED', `${which} was recorded.`);
};

/** `codicil record FILE…`: agreement files into the log. */
export const recordCommand = (io: Io): Command =>
  newCommand({
    name: 'record',
    summary: 'record agreement files; what the log has already is left alone',
    examples: [
      ['codicil record agreements/microsoft-openai.yaml', 'each file whole or not at all'],
      ['codicil record --check lease.yaml', 'only look for mistakes and differences'],
      ['codicil record --correct "misread the date" lease.yaml', 'differences become corrections'],
    ],
    settings: 'writing',
  })
    .argument(
      '<file...>',
      'agreement files (YAML); "codicil schema --agreement-file" describes them',
    )
    .option('--check', 'say what would happen and record nothing')
    .option('--correct <reason>', 'the record was wrong where a file differs from it, and why')
    .option('--json', 'print the reports as JSON')
    .action((files: readonly string[], options) => record(files, sessionOf(io, options)));

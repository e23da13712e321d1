import type { FileReport } from '#importers/agreement-file.ts';
import type { Finding } from '#projections/state.ts';
import type { Screen } from './io.ts';

/** True when nothing of the file was recorded because something is in the way. */
export const isRefused = ({ problems, differences }: FileReport): boolean =>
  problems.length > 0 || differences.length > 0;

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

const outcome = ({ recorded, unchanged }: FileReport, checkOnly: boolean): string => {
  const events = recorded.reduce((sum, entry) => sum + entry.events, 0);
  const same =
    unchanged === 0
      ? ''
      : `; ${counted(unchanged, 'entry').replace('entrys', 'entries')} as recorded before`;
  if (events === 0) return `nothing new${same}`;
  return `${checkOnly ? 'would record' : 'recorded'} ${counted(events, 'event')}${same}`;
};

type File = { readonly file: string; readonly checkOnly: boolean };

/** What became of one file: each mistake with its place, each difference, or what was recorded. */
export const showReport = (screen: Screen, report: FileReport, { file, checkOnly }: File): void => {
  const { line, paint } = screen;
  for (const problem of report.problems) {
    line(`${file}:${problem.line}:${problem.column}  ${problem.message}`);
  }
  for (const difference of report.differences) {
    line(
      `${file}:${difference.line}:${difference.column}  ${difference.what}: ${difference.message}`,
    );
  }
  if (report.differences.length > 0) {
    line(
      'The record says otherwise. If the record is wrong, say why: --correct "reason". If the parties',
    );
    line('agreed something new, put it in an instrument of its own.');
  }
  if (isRefused(report)) return;
  line(`${paint('green', report.agreement ?? file)}  ${outcome(report, checkOnly)}`);
};

/** What is recorded and odd: it may be right, and should be looked at. */
export const showFindings = ({ line, paint }: Screen, findings: readonly Finding[]): void => {
  if (findings.length === 0) return;
  line(`  As it stands today, ${counted(findings.length, 'finding')} to look at:`);
  for (const { code, message } of findings) line(`  ${paint('yellow', code)}  ${message}`);
};

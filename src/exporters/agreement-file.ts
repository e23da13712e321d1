import { fold } from '#agreement/rule-state.ts';
import { openExecutor } from '#app/execute.ts';
import { isoDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import { recordFile } from '#importers/agreement-file.ts';
import { canonicalJson } from '#projections/canonical.ts';
import { type History, historyOf, stateAt } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { versionsOf } from '#projections/versions.ts';
import { openStore } from '#store/open.ts';
import { agreementSections } from './agreement-sections.ts';
import { agreementYaml } from './agreement-yaml.ts';

/** The file, and why it would not be recorded to the same agreement; empty when it was tried and is. */
export type WrittenFile = { readonly text: string; readonly troubles: readonly string[] };

const MOST_TROUBLES = 10;

/** A state but for the ids of record operations, which another log gives anew. */
const compared = ({ revised, ...state }: AgreementState): string =>
  canonicalJson({ ...state, revised: revised.map(({ by: _, ...rest }) => rest) });

const firstDays = (history: History) =>
  versionsOf(history, { effectiveOn: isoDay(0) }).map(({ from }) => from);

const differences = (one: History, other: History, today: string): readonly string[] => {
  const days = new Set([...firstDays(one), ...firstDays(other), today]);
  return [...days].flatMap((day) => {
    const at = { effectiveOn: day } as Parameters<typeof stateAt>[1];
    return compared(stateAt(one, at)) === compared(stateAt(other, at))
      ? []
      : [`recorded anew it says something else on ${day}`];
  });
};

const tried = async (text: string, history: History, today: string): Promise<readonly string[]> => {
  await using log = await openStore('sqlite::memory:');
  const hands = openExecutor(log);
  const report = await recordFile(hands, text, { fileName: 'export', by: 'export' });
  if (report.problems.length > 0) return report.problems.map(({ message }) => message);
  if (report.differences.length > 0) return report.differences.map(({ message }) => message);
  const events = await hands.history(history.agreementId);
  return differences(history, historyOf(history.agreementId, events), today);
};

/**
 * An agreement as an agreement file that records to the same state as it is known now. It is recorded into a log in
 * memory and compared on the first day of every version and today.
 * @param events all of the agreement, in the order of the log
 * @param today `YYYY-MM-DD`
 */
export const writeAgreementFile = async (
  agreement: string,
  events: readonly Recorded[],
  today: string,
): Promise<WrittenFile> => {
  const text = agreementYaml(agreementSections(fold(agreement, events)));
  const history = historyOf(agreementId.parse(agreement), events);
  const troubles = await tried(text, history, today);
  return { text, troubles: troubles.slice(0, MOST_TROUBLES) };
};

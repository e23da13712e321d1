import type { DataOf } from '#events/event.ts';
import type { Dated } from './dates.ts';
import type { Step } from './step.ts';
import { fieldsOf } from './terms.ts';
import { PRESENCE } from './touch.ts';

const OWN_FIELDS = ['title', 'endsOn', 'survives', 'description'] as const;

/** What a change sets besides whole values, as `<owner>/<field>`; the agreement's owner is empty. */
const parts = ({ change }: Dated): readonly string[] => {
  switch (change.type) {
    case 'TermAmended':
    case 'TermRectified':
      return fieldsOf(change.data.values).map((field) => `${change.data.termId}/${field}`);
    case 'AgreementAmended':
      return OWN_FIELDS.filter((field) => field in change.data).map((field) => `/${field}`);
    default:
      return change.acts.map((termId) => `${termId}/${PRESENCE}`);
  }
};

/** A change's fields; `<owner>/*` where it sets the whole value. */
const fields = (dated: Dated): ReadonlySet<string> =>
  new Set([...dated.change.brings.map((termId) => `${termId}/*`), ...parts(dated)]);

const owner = (field: string): string => field.slice(0, field.lastIndexOf('/'));

const holds = (others: ReadonlySet<string>, field: string): boolean => {
  if (others.has(field) || others.has(`${owner(field)}/*`)) return true;
  return field.endsWith('/*') && [...others].some((other) => owner(other) === owner(field));
};

/** The names of the fields that the winner shares with the others, without their owner. */
const shared = (winner: Dated, others: readonly Dated[]): ReadonlySet<string> => {
  const all = new Set(others.flatMap((other) => [...fields(other)]));
  const common = [...fields(winner)].filter((field) => holds(all, field));
  return new Set(common.map((field) => field.slice(field.lastIndexOf('/') + 1)));
};

const lastIndex = (steps: readonly Step[], named: ReadonlySet<string>): number =>
  steps.findLastIndex((step) => named.has(step.dated.change.changeId));

const settled = (steps: readonly Step[], conflict: DataOf<'ConflictResolved'>): readonly Step[] => {
  const { winner } = conflict;
  if (winner === undefined) return steps;
  const won = steps.findLast((step) => step.dated.change.changeId === winner);
  const losers = new Set(conflict.changes.filter((changeId) => changeId !== winner) as string[]);
  const place = lastIndex(steps, losers);
  if (won === undefined || place < 0 || place < steps.lastIndexOf(won)) return steps;
  const others = steps.filter((step) => losers.has(step.dated.change.changeId));
  const again = shared(
    won.dated,
    others.map((step) => step.dated),
  );
  if (again.size === 0) return steps;
  return steps.toSpliced(place + 1, 0, { dated: won.dated, how: won.how, again });
};

/** Model §6.5: each conflict's winner once more, right behind the last of the others. */
export const withWinners = (
  steps: readonly Step[],
  conflicts: readonly DataOf<'ConflictResolved'>[],
): readonly Step[] => conflicts.reduce(settled, steps);

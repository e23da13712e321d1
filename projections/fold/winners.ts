import type { DataOf } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import type { Dated } from './dates.ts';
import { fieldOf, type Step } from './step.ts';
import { contentOf, fieldsOf } from './terms.ts';
import { PRESENCE } from './touch.ts';

/** The fields of one owner (a term, or the agreement itself) that a change sets. */
type Sets = {
  readonly owner: TermId | undefined;
  readonly fields: ReadonlySet<string>;
  /** All fields, those it does not name to nothing. */
  readonly whole: boolean;
};

const OWN_FIELDS = ['title', 'endsOn', 'survives', 'description'] as const;

const setsOf = ({ change }: Dated): readonly Sets[] => {
  if (change.type === 'TermAmended' || change.type === 'TermRectified') {
    const { termId, values } = change.data;
    return [{ owner: termId, fields: new Set(fieldsOf(values)), whole: false }];
  }
  if (change.type === 'AgreementAmended') {
    const { data } = change;
    const stated = OWN_FIELDS.filter((field) => data[field] !== undefined);
    return [{ owner: undefined, fields: new Set(stated), whole: false }];
  }
  const presence = new Set([PRESENCE]);
  const ended = change.ends.map((owner) => ({ owner, fields: presence, whole: false }));
  const whole = change.whole.map((term) => ({
    owner: term.termId,
    fields: new Set([...fieldsOf(contentOf(term)), PRESENCE]),
    whole: true,
  }));
  return [...ended, ...whole];
};

const common = (a: Sets, b: Sets): readonly string[] => {
  if (a.owner !== b.owner) return [];
  const both = [...new Set([...a.fields, ...b.fields])].filter(
    (field) => (a.whole || a.fields.has(field)) && (b.whole || b.fields.has(field)),
  );
  return both.map((field) => fieldOf(a.owner, field));
};

const shared = (winner: Dated, other: Dated): readonly string[] =>
  setsOf(winner).flatMap((a) => setsOf(other).flatMap((b) => common(a, b)));

const settled = (steps: readonly Step[], conflict: DataOf<'ConflictResolved'>): readonly Step[] => {
  const { winner, changes } = conflict;
  const last = (changeId: string | undefined) =>
    steps.findLastIndex(
      ({ dated, how }) => how === 'applied' && dated.change.changeId === changeId,
    );
  const places = changes.filter((changeId) => changeId !== winner).map(last);
  const place = Math.max(-1, ...places);
  const won = steps[last(winner)]?.dated;
  if (won === undefined || place < last(winner)) return steps;
  const others = places.flatMap((at) => steps[at]?.dated ?? []);
  const again = new Set(others.flatMap((other) => shared(won, other)));
  if (again.size === 0) return steps;
  return steps.toSpliced(place + 1, 0, { dated: won, how: 'applied', again });
};

/** Model §6.5: each conflict's winner once more, right behind the last of the others. */
export const withWinners = (
  steps: readonly Step[],
  conflicts: readonly DataOf<'ConflictResolved'>[],
): readonly Step[] => conflicts.reduce(settled, steps);

import type { Coordinates } from '../coordinates.ts';
import { termParts, termsOf } from '../fold/change.ts';
import type { History } from '../history.ts';

/**
 * The kinds of the terms that a change, or all changes of an instrument, are about: every kind that they had in what
 * is known. Undefined when nothing of that id is known at the coordinates.
 */
export const kindsTouched = (
  history: History,
  id: string,
  at: Coordinates,
): readonly string[] | undefined => {
  const { changes, instruments } = history.scene(at).knowledge;
  const own = changes.filter(({ changeId, instrumentId }) =>
    [changeId, instrumentId].some((one) => one === id),
  );
  if (own.length === 0) return instruments.has(id) ? [] : undefined;
  const touched = new Set(own.flatMap(termsOf));
  const kinds = changes.flatMap((change) => {
    const whole = termParts(change).whole.filter(({ termId }) => touched.has(termId));
    const amended =
      change.type === 'TermAmended' && touched.has(change.data.termId) ? change.data.values : {};
    return [...whole, amended].flatMap((said) => ('kind' in said ? (said.kind ?? []) : []));
  });
  return [...new Set(kinds)].toSorted();
};

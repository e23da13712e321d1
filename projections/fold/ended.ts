import type { TermId } from '#events/values.ts';
import type { EndedTerm } from '../state.ts';
import type { Ending } from './apply.ts';
import type { Dated } from './dates.ts';
import type { Scene } from './scene.ts';
import type { Sheet } from './sheet.ts';
import type { Whole } from './whole.ts';

/** Why a change that once brought terms in no longer does: it was voided, or its end has come. */
const fallen = (dated: Dated, sheet: Sheet): Ending | undefined => {
  const { fates, day } = sheet;
  if (dated.from > day || fates.neverWas(dated)) return undefined;
  const voidedBy = fates.voidedBy(dated);
  if (voidedBy !== undefined) {
    return dated.from < voidedBy.from ? { standing: 'VOIDED', by: voidedBy } : undefined;
  }
  const expired = dated.from < dated.until && dated.until <= day && !fates.displaced(dated);
  return expired ? { standing: 'EXPIRED', by: dated } : undefined;
};

/** The terms that came in by the day, in the order in which they first did. */
const everBrought = (scene: Scene, sheet: Sheet): ReadonlyMap<TermId, Ending | undefined> => {
  const brought = new Map<TermId, Ending | undefined>();
  for (const dated of scene.view) {
    const ending = fallen(dated, sheet);
    for (const termId of dated.change.brings) {
      if (ending !== undefined) brought.set(termId, ending);
      else if (sheet.table.brought.has(termId)) brought.set(termId, brought.get(termId));
    }
  }
  for (const termId of sheet.table.brought.keys()) brought.set(termId, brought.get(termId));
  return brought;
};

/** Model §6.11: ended terms with standing, cause and successors. */
export const endedOn = (scene: Scene, sheet: Sheet, whole: Whole): readonly EndedTerm[] =>
  [...everBrought(scene, sheet)].flatMap(([termId, fell]) => {
    const live = sheet.table.live.has(termId);
    const ending = live ? whole.ending(termId) : (sheet.table.ended.get(termId) ?? fell);
    if (ending === undefined) return [];
    const successors = sheet.table.edges.filter((edge) => edge.from === termId).map(({ to }) => to);
    return {
      termId,
      standing: ending.standing,
      causedBy: ending.by.change.changeId,
      successors: [...new Set(successors)],
    };
  });

import type { DayNumber } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import type { Coordinates } from '../coordinates.ts';
import type { Change } from '../fold/change.ts';
import type { Dated } from '../fold/dates.ts';
import type { Scene, Sheet } from '../fold/scene.ts';
import type { Whole } from '../fold/whole.ts';
import type { History } from '../history.ts';

/** Everything that the explanation of one term is read off: the fold's own workings. */
export type Ground = {
  readonly history: History;
  readonly at: Coordinates;
  readonly termId: TermId;
  readonly scene: Scene;
  readonly sheet: Sheet;
  readonly whole: Whole;
  /** The day asked about, which the sheet may stand for together with others. */
  readonly day: DayNumber;
  /** What the question assumes. */
  readonly assumed: ReadonlySet<Dated>;
};

/** `“Second amendment”`, with the change's id where another change of the same paper is spoken of. */
export const nameOf = (change: Change, beside?: Change): string => {
  const title = change.instrument?.title;
  if (title === undefined) return change.changeId;
  const isPaperOfBoth = beside !== undefined && beside.instrumentId === change.instrumentId;
  return isPaperOfBoth ? `“${title}” (${change.changeId})` : `“${title}”`;
};

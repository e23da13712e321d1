import type { TermId } from '#events/values.ts';
import type { OverlayState } from '../state.ts';
import type { Dated } from './dates.ts';
import type { Sheet } from './scene.ts';
import { withSuccessors } from './successors.ts';

/** An overlay that covers the day, with every term it covers. */
export type Covering = {
  readonly state: OverlayState;
  readonly dated: Dated;
  readonly terms: ReadonlySet<TermId>;
};

const lifted = (sheet: Sheet, at: number, overlayId: string): boolean =>
  sheet.applied
    .slice(at + 1)
    .some(({ change }) => change.type === 'OverlayLifted' && change.data.overlayId === overlayId);

/** Model §6.8: overlays from their start to their end or to the next lift behind them. */
export const overlaysOn = (sheet: Sheet): readonly Covering[] =>
  sheet.applied.flatMap((dated, at) => {
    const { change } = dated;
    if (change.type !== 'OverlayApplied' || lifted(sheet, at, change.data.overlayId)) return [];
    const { overlayId, kind, terms, between, text } = change.data;
    const state: OverlayState = {
      overlayId,
      kind,
      changeId: change.changeId,
      ...(between && { between }),
      ...(text !== undefined && { text }),
    };
    return { state, dated, terms: withSuccessors(terms, sheet.table.edges) };
  });

/** A waiver or suspension among all parties switches the term off; anything else leaves it on. */
export const switchesOff = ({ kind, between }: OverlayState): boolean =>
  (kind === 'WAIVER' || kind === 'SUSPENSION') && between === undefined;

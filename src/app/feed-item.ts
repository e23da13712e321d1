import type { Unreadable } from '#events/codec.ts';
import type { Day } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { Label, NoticeKind } from '#projections/notices.ts';

/** News that no event stands for. */
export type NoticeItem = {
  readonly kind: NoticeKind;
  readonly cursor: string;
  readonly agreement: string;
  /** The change on the day of the notice, as known then. */
  readonly change: ChangeView;
  /** When it fell due, epoch milliseconds: where a day begins it is its start in the agreement's zone. */
  readonly dueAt: number;
  /** It comes more than a minute after that moment. */
  readonly late: boolean;
  /** The first day in force, the first no longer in force, the long stop, or the first day on which it has lapsed. */
  readonly day: Day;
  /** Of a change that was rescheduled: its first day as known before; absent where none was. */
  readonly was?: Day;
  /** Conditions not met, where it is about them. */
  readonly conditions?: readonly string[];
};

export type RecordedItem = {
  readonly kind: 'CHANGE_RECORDED';
  readonly cursor: string;
  readonly event: Recorded | Unreadable;
  /** The change as it stood when its paper was recorded. */
  readonly change?: ChangeView;
  readonly labels: readonly Label[];
};

/** One thing that a subscriber gets. The cursor is opaque and exclusive: hand it back to go on behind it. */
export type FeedItem =
  | RecordedItem
  | NoticeItem
  | { readonly kind: 'CAUGHT_UP'; readonly cursor: string }
  | { readonly kind: 'HEARTBEAT'; readonly cursor: string };

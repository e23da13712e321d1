import type { Decided } from '#events/event.ts';
import type { Rejection } from './rejections.ts';

/** What the rules say to a command: the events to record, in order, perhaps none; or why not. */
export type Decision =
  | { readonly kind: 'accepted'; readonly events: readonly Decided[] }
  | { readonly kind: 'rejected'; readonly rejections: readonly Rejection[] };

export const accepted = (...events: readonly Decided[]): Decision => ({ kind: 'accepted', events });

export const rejected = (...rejections: readonly Rejection[]): Decision => ({
  kind: 'rejected',
  rejections,
});

/** Accepts the events when nothing speaks against them. */
export const unless = (rejections: readonly Rejection[], events: readonly Decided[]): Decision =>
  rejections.length > 0 ? rejected(...rejections) : accepted(...events);

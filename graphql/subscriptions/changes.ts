import type { FeedItem } from '#app/feed.ts';
import type { FeedFilter } from '#app/feed-filter.ts';
import { isoInstant } from '#events/instants.ts';
import { builder } from '../builder.ts';
import { Change } from '../types/change.ts';
import { MaterialFlag } from '../types/diff-parts.ts';
import { ChangeStanding, EventType } from '../types/enums.ts';
import { Event } from '../types/event.ts';
import { Instant } from '../types/scalars.ts';
import { untilClosing } from './until-closing.ts';

type Kind<K extends FeedItem['kind']> = Extract<FeedItem, { readonly kind: K }>;

const CURSOR = 'Opaque and exclusive: hand it back as after to go on behind it.';

const Label = builder.enumType('Label', {
  description: 'What a recorded event means to somebody who follows the agreement.',
  values: {
    RETROACTIVE_CHANGE: { description: 'The parties changed the past.' },
    LATE_DISCOVERY: { description: 'We learned late.' },
    RECORD_CORRECTED: { description: 'We had recorded it wrongly.' },
    RECORD_RETRACTED: { description: 'We should not have recorded it.' },
  } as const,
});

const ChangeRecorded = builder.objectRef<Kind<'CHANGE_RECORDED'>>('ChangeRecorded').implement({
  description: 'An event was recorded.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: CURSOR }),
    event: t.expose('event', { type: Event }),
    change: t.expose('change', {
      type: Change,
      nullable: true,
      description: 'Where the event is a change: with all it takes from its instrument.',
    }),
    labels: t.field({ type: [Label], resolve: ({ labels }) => [...labels] }),
  }),
});

const ChangeTookEffect = builder
  .objectRef<Kind<'CHANGE_TOOK_EFFECT'>>('ChangeTookEffect')
  .implement({
    description: 'The first day of a change began. No event stands for it.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: CURSOR }),
      agreement: t.exposeID('agreement'),
      change: t.expose('change', {
        type: Change,
        nullable: true,
        description: 'Never null here; its type is that of ChangeRecorded.change.',
      }),
      dueAt: t.field({
        type: Instant,
        description: 'Start of that day in the agreement’s time zone.',
        resolve: ({ dueAt }) => isoInstant(dueAt),
      }),
      late: t.exposeBoolean('late', {
        description: 'It comes more than a minute after that moment.',
      }),
    }),
  });

const CaughtUp = builder.objectRef<Kind<'CAUGHT_UP'>>('CaughtUp').implement({
  description: 'History ends here; what follows is live.',
  fields: (t) => ({ cursor: t.exposeString('cursor', { description: CURSOR }) }),
});

const Heartbeat = builder.objectRef<Kind<'HEARTBEAT'>>('Heartbeat').implement({
  description: 'Nothing to see up to here; carries the cursor through what the filter leaves out.',
  fields: (t) => ({ cursor: t.exposeString('cursor', { description: CURSOR }) }),
});

const MEMBERS = {
  CHANGE_RECORDED: 'ChangeRecorded',
  CHANGE_TOOK_EFFECT: 'ChangeTookEffect',
  CAUGHT_UP: 'CaughtUp',
  HEARTBEAT: 'Heartbeat',
} as const;

const FeedItemRef = builder.unionType('FeedItem', {
  types: [ChangeRecorded, ChangeTookEffect, CaughtUp, Heartbeat],
  resolveType: ({ kind }) => MEMBERS[kind],
});

const ChangesFilter = builder.inputType('ChangesFilter', {
  description: 'What is left out does not restrict.',
  fields: (t) => ({
    agreement: t.id(),
    term: t.id(),
    followLineage: t.boolean({ description: 'Follow the term into those that replaced it.' }),
    types: t.field({ type: [EventType] }),
    kinds: t.stringList({ description: 'Kinds of terms, such as EXCLUSIVITY.' }),
    standings: t.field({
      type: [ChangeStanding],
      description: 'Keep changes that stand so on the day they are told of.',
    }),
    material: t.field({
      type: [MaterialFlag],
      description:
        'Keep changes that matter by one of these rules; an empty list: by any. A change is kept where no day is known on which to judge it.',
    }),
    recordedOnly: t.boolean({ description: 'Leave out notices that no event stands for.' }),
  }),
});

const given = <T extends object>(asked: T) =>
  Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== null && value !== undefined),
  );

builder.subscriptionType({
  fields: (t) => ({
    changes: t.field({
      type: FeedItemRef,
      description:
        'History behind the cursor (null: all of it), then CaughtUp, then what comes, without gap or double. At least once, with stable ids: after a cut subscribe again after the last cursor.',
      args: { filter: t.arg({ type: ChangesFilter }), after: t.arg.string() },
      subscribe: (_, { filter, after }, { app, caller }) =>
        untilClosing(caller.closing, (signal) =>
          app.changes(given(filter ?? {}) as FeedFilter, {
            signal,
            ...(typeof after === 'string' ? { after } : {}),
          }),
        ),
      resolve: (item) => item,
    }),
  }),
});

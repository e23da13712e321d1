import type { FeedFilter } from '#app/feed-filter.ts';
import type { FeedItem } from '#app/feed-item.ts';
import { builder } from '../builder.ts';
import { Change } from '../types/change.ts';
import { MaterialFlag } from '../types/diff-parts.ts';
import { ChangeStanding, EventType } from '../types/enums.ts';
import { Event } from '../types/event.ts';
import { CURSOR } from './cursor.ts';
import { NOTICE_TYPES, NOTICES, NoticeKindEnum } from './notices.ts';
import { untilClosing } from './until-closing.ts';

type Kind<K extends FeedItem['kind']> = Extract<FeedItem, { readonly kind: K }>;

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
  ...NOTICE_TYPES,
  CAUGHT_UP: 'CaughtUp',
  HEARTBEAT: 'Heartbeat',
} as const;

const FeedItemRef = builder.unionType('FeedItem', {
  types: [ChangeRecorded, ...NOTICES, CaughtUp, Heartbeat],
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
    notices: t.field({ type: [NoticeKindEnum], description: 'Of the notices only these.' }),
    noticePeriod: t.string({
      description:
        'How long before its day an end or a long stop is told of: an ISO 8601 duration of whole days or longer units, such as P3M. Default: P30D. Keep to one while you go on after a cursor.',
    }),
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

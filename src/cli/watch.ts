import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '#app/app.ts';
import type { FeedFilter } from '#app/feed-filter.ts';
import type { FeedItem, NoticeItem } from '#app/feed-item.ts';
import { agreementOf } from '#app/stream-name.ts';
import { EVENT_TYPES } from '#events/event.ts';
import { isoInstant } from '#events/instants.ts';
import { MATERIAL_FLAGS } from '#projections/diff/material-rules.ts';
import type { NoticeKind } from '#projections/notices.ts';
import { envelopeOf, eventText } from './event-text.ts';
import type { Io, Screen } from './io.ts';
import { asking, found, newCommand, type Session, sessionOf } from './session.ts';

const NOTICES: { readonly [kind in NoticeKind]: (item: NoticeItem) => string } = {
  CHANGE_TOOK_EFFECT: () => 'took effect',
  EXPIRES_SOON: ({ day }) => `expires ${day}`,
  CONDITION_DUE: ({ day, conditions = [] }) => `long stop ${day}, open: ${conditions.join(', ')}`,
  CHANGE_RESCHEDULED: ({ day, was }) => `now from ${day}${was === undefined ? '' : `, not ${was}`}`,
  CHANGE_LAPSED: () => 'lapsed',
};

const noticeLine = (item: NoticeItem, paint: Screen['paint']): string => {
  const late = item.late ? `  ${paint('yellow', 'late')}` : '';
  const at = paint('dim', isoInstant(item.dueAt));
  const news = paint('green', NOTICES[item.kind](item).padEnd(19));
  return `${at}  ${news}  ${item.agreement}  ${item.change.changeId}${late}`;
};

const lineOf = (item: FeedItem, paint: Screen['paint']): string | undefined => {
  switch (item.kind) {
    case 'CHANGE_RECORDED': {
      const { event, labels } = item;
      const [type, about] = eventText(event);
      const agreement = agreementOf(event.stream) ?? event.stream;
      const at = paint('dim', isoInstant(event.recordedAt));
      const marks = paint('yellow', labels.join(' '));
      return `${at}  ${paint('cyan', type.padEnd(19))}  ${agreement}  ${about}  ${marks}`.trimEnd();
    }
    case 'CAUGHT_UP':
      return paint('dim', `caught up; go on later with --after ${item.cursor}`);
    case 'HEARTBEAT':
      return undefined;
    default:
      return noticeLine(item, paint);
  }
};

const jsonOf = (item: FeedItem): object =>
  item.kind === 'CHANGE_RECORDED' ? { ...item, event: envelopeOf(item.event) } : item;

const eventType = (text: string, before: readonly string[] = []): readonly string[] => {
  if (!(EVENT_TYPES as readonly string[]).includes(text)) {
    throw new InvalidArgumentError(`The events are ${EVENT_TYPES.join(', ')}.`);
  }
  return [...before, text];
};

const filterOf = (agreement: string | undefined, options: Session['options']): FeedFilter => {
  const { term, kind, type, material, noticePeriod } = options;
  return {
    ...(agreement === undefined ? {} : { agreement }),
    ...(typeof term === 'string' ? { term } : {}),
    ...(Array.isArray(kind) ? { kinds: kind } : {}),
    ...(Array.isArray(type) ? { types: type } : {}),
    ...(Array.isArray(material) ? { material } : material === true ? { material: [] } : {}),
    ...(typeof noticePeriod === 'string' ? { noticePeriod } : {}),
    ...(options['followLineage'] === true ? { followLineage: true } : {}),
    ...(options['recordedOnly'] === true ? { recordedOnly: true } : {}),
  };
};

const show = (item: FeedItem, { screen, json }: Session): void => {
  const text = json ? JSON.stringify(jsonOf(item)) : lineOf(item, screen.paint);
  if (text !== undefined) screen.line(text);
};

const follow = async (app: App, agreement: string | undefined, session: Session): Promise<void> => {
  const { after, untilCaughtUp } = session.options;
  if (agreement !== undefined) {
    await found(app, agreement, await app.views.stateAt(agreement, {}));
  }
  const items = app.changes(filterOf(agreement, session.options), {
    signal: session.io.signal,
    ...(typeof after === 'string' ? { after } : {}),
  });
  for await (const item of items) {
    show(item, session);
    if (item.kind === 'CAUGHT_UP' && untilCaughtUp === true) return;
  }
};

/** `codicil watch`: history, then what comes. */
export const watchCommand = (io: Io): Command =>
  newCommand({
    name: 'watch',
    summary: 'follow changes: what was recorded, then what comes, until Ctrl-C',
    examples: [
      ['codicil watch', 'every agreement'],
      [
        'codicil watch microsoft-openai --term compute.exclusivity --follow-lineage',
        'a term and what took its place',
      ],
      ['codicil watch --until-caught-up --json', 'the history, for a script'],
    ],
  })
    .argument('[agreement]', 'the id of an agreement; default: all')
    .option('--term <id>', 'only changes to this term')
    .option('--follow-lineage', 'and to the terms that replaced it')
    .option('--kind <kind...>', 'only changes to terms of these kinds')
    .addOption(
      new Option('--type <event...>', 'only these events, like TermAmended').argParser(eventType),
    )
    .addOption(
      new Option(
        '--material [rule...]',
        'only changes that matter, by any rule or by these',
      ).choices(MATERIAL_FLAGS),
    )
    .option(
      '--notice-period <duration>',
      'how long before its day an end or a long stop is told of, such as P3M; default: P30D',
    )
    .option(
      '--recorded-only',
      'leave out notices that no event stands for: took effect, expires, lapsed, …',
    )
    .option('--after <cursor>', 'go on behind this cursor; default: from the beginning')
    .option('--until-caught-up', 'end once everything recorded so far was shown')
    .option('--json', 'print one JSON object a line')
    .action(async (agreement: string | undefined, options) => {
      const session = sessionOf(io, options);
      await asking(session, (app) => follow(app, agreement, session));
    });

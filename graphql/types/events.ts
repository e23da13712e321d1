import type { EventsPage, Views } from '#app/app.ts';
import { connectionOf, cursorOf, numberAfter, type Page, pageSize } from './connection.ts';
import { type AnyEvent, Event } from './event.ts';

export const EventConnection = connectionOf('Event', Event);

type Asked = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
};

/** Where an event stands in the list: by position over the whole log, by revision in one agreement. */
const listOf = (agreementId: string | undefined) =>
  agreementId === undefined ? ('log' as const) : ('agreement' as const);

const pageOf = (
  { events, next }: EventsPage,
  list: ReturnType<typeof listOf>,
  after: number,
): Page<AnyEvent> => ({
  items: events.map((node) => ({
    cursor: cursorOf(list, list === 'log' ? node.position : node.revision),
    node,
  })),
  hasNextPage: next !== undefined,
  hasPreviousPage: after > 0,
});

/** A page of one agreement's events, or of the whole log's. */
export const eventsPage = async (
  views: Views,
  asked: Asked,
  agreementId?: string,
): Promise<Page<AnyEvent>> => {
  const list = listOf(agreementId);
  const after = numberAfter(list, asked);
  const first = pageSize(asked);
  const where = agreementId === undefined ? {} : { agreementId };
  return pageOf(await views.events({ ...where, after, first }), list, after);
};

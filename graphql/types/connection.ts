import type { ObjectRef } from '@pothos/core';
import { builder } from '../builder.ts';
import { shownError } from '../errors.ts';

/** Items on one page, unless `first` says otherwise. */
export const PAGE = 20;
/** Most items on one page. */
export const LARGEST_PAGE = 100;

/** A page of a list in the manner of Relay: forward only. */
export type Page<Node> = {
  readonly items: readonly { readonly cursor: string; readonly node: Node }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
};

type Paging = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
};

/** How many items are asked for. @throws PAGE_TOO_LARGE */
export const pageSize = ({ first }: Paging): number => {
  const size = first ?? PAGE;
  if (size >= 0 && size <= LARGEST_PAGE) return size;
  throw shownError('PAGE_TOO_LARGE', `first is a number from 0 to ${LARGEST_PAGE}.`);
};

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

/** An opaque cursor that only its own list understands. */
export const cursorOf = (list: string, place: string | number): string =>
  encoded(`${list}:${place}`);

/** The place that a cursor of this list stands for; absent without one. @throws BAD_CURSOR */
export const placeAfter = (list: string, { after }: Paging): string | undefined => {
  if (after === null || after === undefined) return undefined;
  const text = Buffer.from(after, 'base64url').toString();
  if (text.startsWith(`${list}:`) && encoded(text) === after) return text.slice(list.length + 1);
  throw shownError('BAD_CURSOR', 'after is a cursor that this list gave out; null begins anew.');
};

/** The same for a list whose places are whole numbers; 0 is its beginning. @throws BAD_CURSOR */
export const numberAfter = (list: string, paging: Paging): number => {
  const place = Number(placeAfter(list, paging) ?? 0);
  if (Number.isSafeInteger(place) && place >= 0) return place;
  throw shownError('BAD_CURSOR', 'after is a cursor that this list gave out; null begins anew.');
};

type PageInfoShape = Page<unknown>;

const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.string({ nullable: true, resolve: ({ items }) => items[0]?.cursor }),
    endCursor: t.string({ nullable: true, resolve: ({ items }) => items.at(-1)?.cursor }),
  }),
});

type Counted<Node> = Page<Node> & { readonly totalCount?: number };
type Edge<Node> = Page<Node>['items'][number];
type Types = typeof builder.$inferSchemaTypes;

/** The connection and edge types of a list of nodes, the latter called `name`. */
export const connectionOf = <Node>(
  name: string,
  node: ObjectRef<Types, Node, Node>,
  counted = false,
) => {
  const EdgeRef = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type: node, resolve: (edge) => edge.node as never }),
    }),
  });
  return builder.objectRef<Counted<Node>>(`${name}Connection`).implement({
    fields: (t) => ({
      edges: t.field({ type: [EdgeRef], resolve: ({ items }) => [...items] }),
      nodes: t.field({
        type: [node],
        resolve: ({ items }) => items.map((one) => one.node) as never,
      }),
      pageInfo: t.field({ type: PageInfo, resolve: (page) => page }),
      ...(counted ? { totalCount: t.int({ resolve: (page) => page.totalCount ?? 0 }) } : {}),
    }),
  });
};

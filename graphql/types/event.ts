import type { Unreadable } from '#events/codec.ts';
import type { Metadata, Recorded } from '#events/event.ts';
import { isoInstant } from '#events/instants.ts';
import { builder } from '../builder.ts';
import { Instant, Json, Position } from './scalars.ts';

const EventMetadata = builder.objectRef<Metadata>('EventMetadata').implement({
  fields: (t) => ({
    by: t.exposeString('by', { description: 'Who gave the command.' }),
    commandId: t.exposeID('commandId'),
    correlationId: t.exposeID('correlationId'),
    causationId: t.exposeID('causationId', { nullable: true }),
    importedFrom: t.exposeString('importedFrom', { nullable: true }),
  }),
});

export type AnyEvent = Recorded | Unreadable;

const STREAM = 'agreement-';

export const Event = builder.objectRef<AnyEvent>('Event').implement({
  description: 'One event as the log holds it, in its current shape.',
  fields: (t) => ({
    id: t.exposeID('id'),
    type: t.string({
      description: 'One of EventType, or the stored word where this program does not know it.',
      resolve: (event) => (event.type === 'Unreadable' ? event.storedType : event.type),
    }),
    agreement: t.id({ resolve: ({ stream }) => stream.slice(STREAM.length) }),
    revision: t.exposeInt('revision', { description: 'Place in its agreement, from 1.' }),
    position: t.expose('position', { type: Position }),
    recordedAt: t.field({
      type: Instant,
      resolve: ({ recordedAt }) => isoInstant(recordedAt),
    }),
    data: t.field({
      type: Json,
      nullable: true,
      resolve: (event) => (event.type === 'Unreadable' ? undefined : event.data),
    }),
    metadata: t.field({
      type: EventMetadata,
      nullable: true,
      resolve: (event) => (event.type === 'Unreadable' ? undefined : event.metadata),
    }),
    problem: t.string({
      nullable: true,
      description: 'Why it can not be read, and what to do; null for an event that can.',
      resolve: (event) => (event.type === 'Unreadable' ? event.reason : undefined),
    }),
  }),
});

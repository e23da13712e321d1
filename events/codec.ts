import { z } from 'zod';
import {
  EVENT_TYPES,
  type Event,
  type EventType,
  eventSchemas,
  metadata,
  type Recorded,
} from './event.ts';
import { currentVersion, lifted } from './upcast.ts';
import { eventId } from './values.ts';

/** An event as text, the way every store keeps it. */
export type EncodedEvent = {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
  readonly metadata: string;
};

/** The same with the place that the store gave it; `recordedAt` in epoch milliseconds. */
export type StoredText = EncodedEvent & {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: number;
};

/** A stored event that this program can not read: named and shown, never skipped in silence. */
export type Unreadable = {
  readonly type: 'Unreadable';
  readonly id: string;
  readonly storedType: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: number;
  /** What is wrong, and what to do. */
  readonly reason: string;
};

const known: ReadonlySet<string> = new Set(EVENT_TYPES);
const isKnown = (type: string): type is EventType => known.has(type);

const unreadable = (stored: StoredText, reason: string): Unreadable => ({
  type: 'Unreadable',
  id: stored.id,
  storedType: stored.type,
  stream: stored.stream,
  revision: stored.revision,
  position: stored.position,
  recordedAt: stored.recordedAt,
  reason,
});

const refusal = (stored: StoredText): string | undefined => {
  if (!isKnown(stored.type)) return `no event is called ${stored.type}; use a newer version`;
  const newest = currentVersion(stored.type);
  if (Number.isInteger(stored.schemaVersion) && stored.schemaVersion >= 1) {
    if (stored.schemaVersion <= newest) return undefined;
  }
  return `version ${stored.schemaVersion} of ${stored.type} is not known (up to ${newest}); use a newer version`;
};

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

let last: { readonly text: string; readonly metadata: unknown } | undefined;

/** Events of one command say the same of who and what caused them, and come one behind the other. */
const readMetadata = (text: string): unknown => {
  if (last?.text !== text) last = { text, metadata: JSON.parse(text) };
  return last.metadata;
};

/**
 * The only door to stored JSON: reads one stored event and lifts it to its current version. The payload is
 * trusted, because it was validated when it was written.
 */
export const decode = (stored: StoredText): Recorded | Unreadable => {
  const reason = refusal(stored);
  if (reason !== undefined) return unreadable(stored, reason);
  try {
    const data: unknown = JSON.parse(stored.data);
    if (!isObject(data)) return unreadable(stored, 'its data is no JSON object');
    const event = {
      id: stored.id,
      type: stored.type,
      data: lifted(stored.type as EventType, stored.schemaVersion, data),
      metadata: readMetadata(stored.metadata),
      stream: stored.stream,
      revision: stored.revision,
      position: stored.position,
      recordedAt: stored.recordedAt,
    };
    // Trusted: what the log holds was parsed by these schemas on its way in.
    return event as unknown as Recorded;
  } catch {
    return unreadable(stored, 'its JSON is broken; restore the log from a copy');
  }
};

/** An event as the text that a store keeps. */
export const encode = (event: Event): EncodedEvent => ({
  id: event.id,
  type: event.type,
  schemaVersion: currentVersion(event.type),
  data: JSON.stringify(event.data),
  metadata: JSON.stringify(event.metadata),
});

const place = {
  stream: z.string().exactOptional(),
  revision: z.int().min(1),
  position: z.int().min(1),
  recordedAt: z.iso.datetime({ offset: true }),
};

/** The envelope of an event written as one JSON object, e.g. in an export. */
export const envelope = z.object({
  id: eventId,
  type: z.enum(EVENT_TYPES as readonly [EventType, ...EventType[]]),
  schemaVersion: z.int().min(1).default(1),
  data: z.record(z.string(), z.unknown()),
  metadata: metadata.loose().exactOptional(),
  ...place,
});

/**
 * Reads a payload that comes from outside: lifts it, validates it, gives its canonical form.
 * @throws {z.ZodError} when it does not fit the schema of its type.
 */
export const parsePayload = (type: EventType, version: number, data: Payload): Payload =>
  eventSchemas[type].parse(lifted(type, version, data)) as Payload;

type Payload = { readonly [key: string]: unknown };

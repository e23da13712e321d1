/**
 * How our events lie on a server, and how they come back to the letter. A text that parsing and writing leave as it
 * is goes as JSON, so that the server's own tools can read it; any other goes as bytes.
 */
import type { EventForServer, ServerEvent } from './server-log.ts';
import type { EventToStore } from './store.ts';

/** What we say about an event besides its own metadata; it lies there under the key `codicil`. */
type Note = {
  readonly schemaVersion: number;
  /** Of a copied event: when the log that it comes from accepted it, epoch milliseconds UTC. */
  readonly recordedAt?: number;
  /** How many events of the same append come behind it. */
  readonly left?: number;
  /** The metadata's text, where it can't lie there as JSON. */
  readonly text?: string;
};

const KEY = 'codicil';

type Plain = { readonly [key: string]: unknown };

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array);

/** The object that a text stands for, where writing it gives the very text again. */
const asJson = (text: string): Plain | undefined => {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(value) && JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
};

// A copy, because the clients know a Uint8Array only by its very class.
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

const metadataOf = (text: string, note: Note): object => {
  const value = asJson(text);
  return value === undefined || KEY in value
    ? { [KEY]: { ...note, text } satisfies Note }
    : { ...value, [KEY]: note };
};

const forServer = (event: EventToStore, left: number): EventForServer => {
  const { id, type, schemaVersion, recordedAt, data: text, metadata } = event;
  const note: Note = {
    schemaVersion,
    ...(recordedAt !== undefined && { recordedAt }),
    ...(left > 0 && { left }),
  };
  const data = asJson(text);
  return {
    id,
    type,
    contentType: data === undefined ? 'application/octet-stream' : 'application/json',
    data: data ?? bytesOf(text),
    metadata: metadataOf(metadata, note),
  };
};

/** The events of one append as a client takes them. */
export const eventsForServer = (events: readonly EventToStore[]): readonly EventForServer[] =>
  events.map((event, place) => forServer(event, events.length - 1 - place));

/** An event as it came from a server. */
export type Received = Required<EventToStore> & {
  readonly stream: string;
  /** From 1. */
  readonly revision: number;
  /** How many events of the same append come behind it. */
  readonly left: number;
};

/** Somebody else's bytes may be no text; they are nothing that we can read then, and are kept as far as they are. */
const textOf = (value: unknown): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return JSON.stringify(value);
};

const count = (value: unknown, least: number): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : undefined;

/** Somebody else's metadata has no note of ours, and a note that is none is taken for no note. */
const noteIn = (metadata: unknown): Note | undefined => {
  const note = isPlain(metadata) ? metadata[KEY] : undefined;
  if (!isPlain(note)) return undefined;
  const schemaVersion = count(note['schemaVersion'], 1);
  if (schemaVersion === undefined) return undefined;
  const recordedAt = count(note['recordedAt'], 0);
  const { text } = note;
  return {
    schemaVersion,
    left: count(note['left'], 1) ?? 0,
    ...(recordedAt !== undefined && { recordedAt }),
    ...(typeof text === 'string' && { text }),
  };
};

/** Whether we wrote it. */
export const isOurs = ({ metadata }: ServerEvent): boolean => noteIn(metadata) !== undefined;

const metadataText = (metadata: unknown, note: Note | undefined): string => {
  if (note === undefined || !isPlain(metadata)) return textOf(metadata);
  if (note.text !== undefined) return note.text;
  const { [KEY]: _, ...own } = metadata;
  return JSON.stringify(own);
};

/** The event as it was appended; one that somebody else wrote, as near to that as a text can be. */
export const received = (event: ServerEvent): Received => {
  const note = noteIn(event.metadata);
  return {
    stream: event.streamId,
    revision: Number(event.revision) + 1,
    id: event.id,
    type: event.type,
    schemaVersion: note?.schemaVersion ?? 1,
    data: textOf(event.data),
    metadata: metadataText(event.metadata, note),
    recordedAt: note?.recordedAt ?? event.created.getTime(),
    left: note?.left ?? 0,
  };
};

/** The limits of an append: the same for every store, checked before any engine sees it. */
import { UnfitAppend } from './errors.ts';
import type { ExpectedRevision } from './expected-revision.ts';
import type { EventToStore } from './store.ts';

/** Most events in one append. */
export const maxEventsPerAppend = 10_000;
/** Longest event: UTF-16 units of `data` and `metadata` together. */
export const maxEventLength = 4 * 1024 * 1024;
/** Longest append: UTF-16 units of all its events together. */
export const maxAppendLength = 32 * 1024 * 1024;
/** Longest stream name and event type, in UTF-16 units. */
export const maxNameLength = 512;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfitForNames = /[\u0000-\u001f\u007f]/;

export type AppendRequest = {
  readonly stream: string;
  readonly events: readonly EventToStore[];
  readonly expected: ExpectedRevision;
  /** UTF-16 units of all data and metadata. */
  readonly length: number;
};

const checkName = (what: string, name: string): void => {
  if (name.length === 0 || name.length > maxNameLength) {
    throw new UnfitAppend(`A ${what} has 1 to ${maxNameLength} characters, not ${name.length}.`);
  }
  if (unfitForNames.test(name) || !name.isWellFormed()) {
    throw new UnfitAppend(`A ${what} has no control characters and no lone surrogates.`);
  }
};

const checkExpected = (expected: ExpectedRevision): void => {
  if (typeof expected === 'number' && (!Number.isSafeInteger(expected) || expected < 0)) {
    throw new UnfitAppend(`An expected revision is 0 or a whole number above it, not ${expected}.`);
  }
};

/**
 * Stores keep UTF-8, which has no lone surrogates: a text with one would come back changed, so it
 * is refused. `JSON.stringify` never makes one (it escapes them, and the escape is kept as it is).
 */
const checkEvent = (event: EventToStore): number => {
  if (!uuid.test(event.id)) {
    throw new UnfitAppend(
      `An event id is a lower-case UUID, not ${JSON.stringify(event.id.slice(0, 60))}.`,
    );
  }
  checkName('type', event.type);
  if (!Number.isSafeInteger(event.schemaVersion) || event.schemaVersion < 1) {
    throw new UnfitAppend(
      `A schema version is a whole number from 1, not ${event.schemaVersion} (event ${event.id}).`,
    );
  }
  const { recordedAt = 0 } = event;
  if (!Number.isSafeInteger(recordedAt) || recordedAt < 0) {
    throw new UnfitAppend(
      `A recordedAt is epoch milliseconds, 0 or a whole number above it, not ${recordedAt} (event ${event.id}).`,
    );
  }
  if (!event.data.isWellFormed() || !event.metadata.isWellFormed()) {
    throw new UnfitAppend(
      `The JSON text of event ${event.id} has a lone surrogate; write it as an escape (\\udXXX).`,
    );
  }
  const length = event.data.length + event.metadata.length;
  if (length > maxEventLength) {
    throw new UnfitAppend(
      `Event ${event.id} has ${length} characters and ${maxEventLength} is the most.`,
    );
  }
  return length;
};

/** The append as a checked request. @throws UnfitAppend */
export const checkAppend = (
  stream: string,
  events: readonly EventToStore[],
  expected: ExpectedRevision,
): AppendRequest => {
  checkName('stream name', stream);
  checkExpected(expected);
  if (events.length === 0 || events.length > maxEventsPerAppend) {
    throw new UnfitAppend(
      `An append has 1 to ${maxEventsPerAppend} events, not ${events.length} (stream ${stream}).`,
    );
  }
  let length = 0;
  for (const event of events) length += checkEvent(event);
  if (length > maxAppendLength) {
    throw new UnfitAppend(
      `An append to ${stream} has ${length} characters and ${maxAppendLength} is the most.`,
    );
  }
  if (events.length > 1 && new Set(events.map(({ id }) => id)).size < events.length) {
    throw new UnfitAppend(`An append to ${stream} has the same event id twice.`);
  }
  return { stream, events, expected, length };
};

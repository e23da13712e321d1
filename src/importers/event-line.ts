import { z } from 'zod';
import { canonical } from '#agreement/differences.ts';
import { naturalKey } from '#agreement/natural-key.ts';
import { eventIdOf } from '#app/event-id.ts';
import { type EncodedEvent, parsePayload } from '#events/codec.ts';
import { type Decided, EVENT_TYPES, type EventType, metadata } from '#events/event.ts';
import { epochMs, instant } from '#events/instants.ts';
import { currentVersion, lifted } from '#events/upcast.ts';
import { agreementId } from '#events/values.ts';

/** An event as a line of an export has it. */
export type EventLine = {
  readonly agreementId: string;
  /** Place in its agreement, from 1. */
  readonly revision: number;
  readonly type: EventType;
  /** Lifted to its shape of today. */
  readonly payload: { readonly [field: string]: unknown };
  /** The id that its agreement and its content give it. */
  readonly derivedId: string;
  /** As the log is to keep it. `recordedAt` in epoch milliseconds. */
  readonly event: EncodedEvent & { readonly recordedAt: number };
};

/** Says what is wrong with a line and what would be right, without the number of the line. */
export class UnfitLine extends Error {
  override readonly name = 'UnfitLine';
}

const SOURCE = '/agreements/';
const TYPE = 'codicil.';

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'expected a lower-case UUID' });

const source = z
  .string()
  .refine(
    (text) => text.startsWith(SOURCE) && agreementId.safeParse(text.slice(SOURCE.length)).success,
    { error: `expected ${SOURCE} and the id of an agreement` },
  );

const eventType = z
  .string()
  .refine((text) => EVENT_TYPES.some((type) => text === `${TYPE}${type}`), {
    error: `expected ${TYPE} and the name of an event, like ${TYPE}TermAdded; a newer version may know it`,
  });

const whole = z.int().min(1);

/** Attributes of others, such as `traceparent`, are passed over. */
const shape = z.object({
  specversion: z.literal('1.0'),
  id: uuid,
  source,
  type: eventType,
  time: instant,
  datacontenttype: z.literal('application/json').exactOptional(),
  schemaversion: whole,
  revision: whole,
  metadata: z.string(),
  data: z.record(z.string(), z.unknown()),
});

const told = ({ issues }: z.ZodError, at: string): string =>
  issues
    .slice(0, 3)
    .map(
      ({ path, message }) => `${[at, ...path].filter((part) => part !== '').join('.')}: ${message}`,
    )
    .join('; ');

const read = <T>(schema: z.ZodType<T>, value: unknown, at: string): T => {
  const { data, error } = schema.safeParse(value);
  if (error !== undefined) throw new UnfitLine(told(error, at));
  return data as T;
};

const json = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnfitLine(`${what} is not JSON`);
  }
};

type Data = EventLine['payload'];

/** A payload in its shape of today. @throws {UnfitLine} when it is not written as the log writes it */
export const payloadOf = (type: EventType, version: number, data: Data, at = 'data'): Data => {
  const now = lifted(type, version, data);
  let parsed: Data;
  try {
    parsed = parsePayload(type, version, data);
  } catch (trouble) {
    throw new UnfitLine(trouble instanceof z.ZodError ? told(trouble, at) : String(trouble));
  }
  if (canonical(parsed) !== canonical(now)) {
    throw new UnfitLine(
      `${at} is not written as the log writes it: ${canonical(now)} would be ${canonical(parsed)}`.slice(
        0,
        600,
      ),
    );
  }
  return now;
};

/**
 * Reads a line of an export.
 * @throws {UnfitLine}
 */
export const eventLine = (text: string): EventLine => {
  const line = read(shape, json(text, 'the line'), '');
  const type = line.type.slice(TYPE.length) as EventType;
  const newest = currentVersion(type);
  if (line.schemaversion > newest) {
    throw new UnfitLine(
      `schemaversion ${line.schemaversion} of ${type} is not known (up to ${newest}); use a newer version`,
    );
  }
  const by = read(metadata.loose(), json(line.metadata, 'metadata'), 'metadata');
  const recordedAt = epochMs(line.time);
  if (recordedAt < 0) throw new UnfitLine('time: expected 1970 or later');
  const agreement = line.source.slice(SOURCE.length);
  const payload = payloadOf(type, line.schemaversion, line.data);
  // Type and payload fit: the schema of the type has read the payload.
  const key = naturalKey({ type, data: payload } as Decided, by.commandId);
  return {
    agreementId: agreement,
    revision: line.revision,
    type,
    payload,
    derivedId: eventIdOf(agreement, key),
    event: {
      id: line.id,
      type,
      schemaVersion: line.schemaversion,
      data: JSON.stringify(line.data),
      metadata: line.metadata,
      recordedAt,
    },
  };
};

import { envelope, parsePayload } from '#events/codec.ts';
import type { EventType, Recorded } from '#events/event.ts';
import { epochMs } from '#events/instants.ts';
import { currentVersion } from '#events/upcast.ts';
import { assertNone, type Line, readJsonLines } from './json-lines.ts';

const STRANGER = { by: 'unknown', commandId: 'unknown', correlationId: 'unknown' };

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const eventOf = (value: unknown, n: number): Recorded => {
  if (!isObject(value)) throw new Error('expected a JSON object');
  const { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt } =
    envelope.parse({ revision: n, position: n, ...value });
  const newest = currentVersion(type);
  if (schemaVersion > newest) throw new Error(`schemaVersion: ${type} is known up to ${newest}`);
  const event = {
    id,
    type,
    data: parsePayload(type, schemaVersion, data),
    metadata: metadata ?? STRANGER,
    stream: stream ?? 'agreement',
    revision,
    position,
    recordedAt: epochMs(recordedAt),
  };
  // The payload was parsed by the schema of this type; the compiler can not follow that through a union.
  return event as unknown as Recorded;
};

/** A correction's payload in canonical form, held against the schema of what it corrects. */
const corrected = (event: Recorded, typeOf: ReadonlyMap<string, EventType>): Recorded => {
  if (event.type !== 'RecordCorrected') return event;
  const type = typeOf.get(event.data.target);
  if (type === undefined) throw new Error(`data.target: no event has the id ${event.data.target}`);
  return { ...event, data: { ...event.data, data: parsePayload(type, 1, event.data.data) } };
};

const assertOneLog = (lines: readonly Line<Recorded>[]): void => {
  const ids = new Set<string>();
  const positions = new Set<number>();
  const problems: string[] = [];
  for (const { at, value } of lines) {
    if (ids.has(value.id)) problems.push(`${at}: id: ${value.id} is there already`);
    if (positions.has(value.position)) {
      problems.push(`${at}: position: ${value.position} is there already`);
    }
    ids.add(value.id);
    positions.add(value.position);
  }
  assertNone(problems);
};

/**
 * The events of one agreement from a file with one stored event a line, in order of position. Revision and
 * position default to the order of the lines.
 * @throws {CliFailure} that names every bad line.
 */
export const readEvents = (file: string): readonly Recorded[] => {
  const lines = readJsonLines(file, eventOf);
  assertOneLog(lines);
  const types = new Map<string, EventType>(lines.map(({ value }) => [value.id, value.type]));
  const problems: string[] = [];
  const events = lines.map(({ at, value }) => {
    try {
      return corrected(value, types);
    } catch (trouble) {
      problems.push(`${at}: ${trouble instanceof Error ? trouble.message : String(trouble)}`);
      return value;
    }
  });
  assertNone(problems);
  return events.toSorted((a, b) => a.position - b.position);
};

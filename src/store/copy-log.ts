/** Moving house: a whole log from one store to another, ids, order, positions and times kept. */
import { createHash } from 'node:crypto';
import { CopyRefused } from './errors.ts';
import type { EventStore, Progress, StoredEvent } from './store.ts';

export type CopyOptions = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
};

export type Copied = {
  /** Events that were there already, from an earlier copying. */
  readonly before: number;
  /** Events that were copied now. */
  readonly copied: number;
  /** SHA-256, in hex, over every event of the copy as it was read back: the same as over the log that was copied. */
  readonly digest: string;
};

/** What is appended at once at most: events, and UTF-16 units of their texts. */
const mostEvents = 500;
const mostLength = 256 * 1024;

/** Everything that an event says, so that equal texts are equal events. */
const textOf = (event: StoredEvent): string => {
  const { position, stream, revision, recordedAt, id, type, schemaVersion, metadata, data } = event;
  const parts = [position, stream, revision, recordedAt, id, type, schemaVersion, metadata, data];
  return `${JSON.stringify(parts)}\n`;
};

const lengthOf = ({ data, metadata }: StoredEvent): number => data.length + metadata.length;

/** Neighbours of one stream, as many as may go together. */
function* runsOf(page: readonly StoredEvent[]): Generator<readonly StoredEvent[]> {
  let run: StoredEvent[] = [];
  let length = 0;
  for (const event of page) {
    const full = run.length === mostEvents || length + lengthOf(event) > mostLength;
    if (run.length > 0 && (full || run[0]?.stream !== event.stream)) {
      yield run;
      run = [];
      length = 0;
    }
    run.push(event);
    length += lengthOf(event);
  }
  if (run.length > 0) yield run;
}

async function* eventsOf(store: EventStore, upTo: number, signal: AbortSignal) {
  for await (const page of store.readAll({ upTo, signal })) yield* page;
}

/** What a copy has already must be the beginning of the log. @throws CopyRefused */
const compared = async (
  from: EventStore,
  to: EventStore,
  { upTo, signal }: { readonly upTo: number; readonly signal: AbortSignal },
): Promise<void> => {
  const there = eventsOf(to, upTo, signal);
  for await (const event of eventsOf(from, upTo, signal)) {
    const { value } = await there.next();
    if (value === undefined || textOf(value) !== textOf(event)) {
      throw new CopyRefused(`it holds something else at position ${event.position}`);
    }
  }
};

/** @throws CopyRefused when the event did not come to lie where it lay */
const copyRun = async (to: EventStore, run: readonly StoredEvent[]): Promise<void> => {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return;
  const { position } = await to.append(first.stream, run, first.revision - 1);
  if (position === last.position) return;
  throw new CopyRefused(`somebody else writes to it (at position ${position})`);
};

const digestOf = async (store: EventStore, upTo: number, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const event of eventsOf(store, upTo, signal)) hash.update(textOf(event));
  return hash.digest('hex');
};

/**
 * Copies what a log holds when copying begins into another that is empty or has its beginning already, as after an
 * interruption; then reads both and compares. Nobody else may write to the other meanwhile.
 *
 * @throws CopyRefused when the other holds anything else; what the stores throw; the signal's reason when it aborts
 */
export const copyLog = async (
  from: EventStore,
  to: EventStore,
  { signal, onProgress }: CopyOptions,
): Promise<Copied> => {
  const { position: end } = await from.head();
  const { position: before } = await to.head();
  if (before > end) throw new CopyRefused(`it has ${before} events and the log only ${end}`);
  await compared(from, to, { upTo: before, signal });
  for await (const page of from.readAll({ after: before, upTo: end, signal })) {
    for (const run of runsOf(page)) {
      signal.throwIfAborted();
      await copyRun(to, run);
    }
    const events = page.at(-1)?.position ?? end;
    onProgress({ events, share: events / end });
  }
  signal.throwIfAborted();
  const [original, digest] = [await digestOf(from, end, signal), await digestOf(to, end, signal)];
  signal.throwIfAborted();
  if (original !== digest) throw new CopyRefused('what was read back differs from what was copied');
  return { before, copied: end - before, digest };
};

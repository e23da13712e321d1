import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { EventType } from '#events/event.ts';
import { type EventLine, eventLine, payloadOf, UnfitLine } from './event-line.ts';
import { type PlacedLine, placedLines } from './sources/placed-lines.ts';
import { SourceUnavailable } from './sources/source-unavailable.ts';

/** What is wrong with a line, and what would be right. Lines count from 1. */
export type LineProblem = { readonly line: number; readonly message: string };

/** A line that can be read, and where it stands. */
export type ReadLine = EventLine & { readonly line: number };

/** An event has 4 MiB of characters at most, each of at most six bytes in JSON; the rest of a line is small. */
const MOST_BYTES = 26_000_000;

const textOf = ({ bytes }: PlacedLine): string => {
  if (bytes === undefined) throw new UnfitLine(`the line is longer than ${MOST_BYTES} bytes`);
  if (!isUtf8(bytes)) throw new UnfitLine('the line is not UTF-8');
  return bytes.toString('utf8');
};

/**
 * An id that is not made of its agreement could be that of another one, which could then never record that event.
 * @throws {UnfitLine}
 */
const checkId = ({ event, derivedId }: EventLine): void => {
  if (event.id !== derivedId) {
    throw new UnfitLine(
      `id: expected ${derivedId}, which is made of the agreement and of what the event says, not ${event.id}`,
    );
  }
};

/** What a line has to fit to: the lines before it. */
class Stream {
  #agreementId: string | undefined;
  #revision = 0;
  #recordedAt = 0;
  readonly #types = new Map<string, EventType>();

  /** @throws {UnfitLine} */
  take(line: EventLine): void {
    const { event, type } = line;
    this.#checkAgreement(line);
    this.#checkPlace(line);
    checkId(line);
    if (this.#types.has(event.id)) throw new UnfitLine(`id: ${event.id} is there already`);
    this.#checkCorrection(line);
    this.#revision += 1;
    this.#recordedAt = event.recordedAt;
    this.#types.set(event.id, type);
  }

  /** A line could not be taken; what follows it is not to be blamed for that. */
  missed(): void {
    this.#revision += 1;
  }

  #checkAgreement({ agreementId, type, payload }: EventLine): void {
    this.#agreementId ??= agreementId;
    if (agreementId !== this.#agreementId) {
      throw new UnfitLine(
        `source: the file began with the agreement ${this.#agreementId}, and here is one of ${agreementId}; give each a file of its own`,
      );
    }
    if ((type === 'AgreementRecorded') !== (this.#revision === 0)) {
      throw new UnfitLine('type: the first event, and no other, is AgreementRecorded');
    }
    if (type === 'AgreementRecorded' && payload['agreementId'] !== agreementId) {
      throw new UnfitLine(`data.agreementId: expected ${agreementId}, as in source`);
    }
  }

  #checkPlace({ revision, event }: EventLine): void {
    const expected = this.#revision + 1;
    if (revision !== expected) {
      this.#revision = revision - 1;
      throw new UnfitLine(
        `revision: expected ${expected}, not ${revision}; the file has every event of the agreement from the first on, in order`,
      );
    }
    if (event.recordedAt < this.#recordedAt) {
      throw new UnfitLine('time: it lies before that of the line before; times never fall');
    }
  }

  /** A correction carries its target's whole payload. */
  #checkCorrection({ type, payload }: Pick<EventLine, 'type' | 'payload'>, at = 'data'): void {
    if (type !== 'RecordCorrected' && type !== 'RecordRetracted') return;
    const target = this.#types.get(String(payload['target']));
    if (target === undefined) {
      throw new UnfitLine(`${at}.target: no event before has the id ${payload['target']}`);
    }
    if (type === 'RecordRetracted') return;
    const said = payloadOf(target, 1, payload['data'] as EventLine['payload'], `${at}.data`);
    this.#checkCorrection({ type: target, payload: said }, `${at}.data`);
  }
}

const BLANK = /^\s*$/;

/** The lines of a file with one event of one agreement each; blank lines are passed over. */
async function* linesOf(path: string): AsyncGenerator<{ line: number; read: () => EventLine }> {
  try {
    for await (const placed of placedLines(createReadStream(path), MOST_BYTES)) {
      if (placed.length < 1_000 && BLANK.test(placed.bytes?.toString('latin1') ?? '')) continue;
      yield { line: placed.number, read: () => eventLine(textOf(placed)) };
    }
  } catch (error) {
    if (error instanceof UnfitLine || (error as NodeJS.ErrnoException).code === undefined)
      throw error;
    throw new SourceUnavailable(`The file ${path} can not be read.`, { cause: error });
  }
}

/**
 * Reads an export of an agreement's events; yields each event, or in its place what is wrong with its line.
 * @throws {SourceUnavailable} when the file can't be read
 */
export async function* readEventsFile(path: string): AsyncGenerator<ReadLine | LineProblem> {
  const stream = new Stream();
  for await (const { line, read } of linesOf(path)) {
    let found: ReadLine | LineProblem;
    try {
      const event = read();
      stream.take(event);
      found = { ...event, line };
    } catch (trouble) {
      if (!(trouble instanceof UnfitLine)) throw trouble;
      stream.missed();
      found = { line, message: trouble.message };
    }
    yield found;
  }
}

import type { Command } from '#agreement/commands.ts';
import { decide } from '#agreement/decide.ts';
import type { Rejection } from '#agreement/rejections.ts';
import { fold, foldOnto, type RuleState } from '#agreement/rule-state.ts';
import { encode } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import { DuplicateEvent, RevisionConflict } from '#store/errors.ts';
import type { EventStore, EventToStore } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import { type CommandContext, identified, metadataOf } from './execute.ts';
import { allReadable } from './rule-memory.ts';
import { streamOf } from './stream-name.ts';

/** Events and bytes of one append; a longer command is an append of its own. */
const MOST_EVENTS = 4_000;
const MOST_BYTES = 4 * 1024 * 1024;

export type Log = Pick<EventStore, 'append' | 'readStream'>;
type By = Omit<CommandContext, 'commandId' | 'expectedRevision'>;

/** A command with the id under which it is known when it is given again. */
export type Given = { readonly command: Command; readonly commandId: string };

/** The rules said no; what was given before it is recorded. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly rejections: readonly Rejection[];

  constructor({ command }: Given, rejections: readonly Rejection[]) {
    const why = rejections.map(({ message }) => message).join(' ');
    super(`${command.type} on ${command.agreement} was refused: ${why}`);
    this.rejections = rejections;
  }
}

/** Somebody else writes to the agreement; what was recorded stands, and the same commands may be given again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Records many commands of one agreement, one behind the other, many in one append: each command whole or not at all.
 * What was given before under the same command id is passed over. Nothing else may write to the agreement meanwhile.
 */
export class ManyRecorder {
  readonly #log: Log;
  readonly #by: By;
  readonly #agreement: string;
  #state: RuleState;
  #waiting: EventToStore[] = [];
  #bytes = 0;
  /** Of the last event that the log has. */
  #revision: number;
  #appended = 0;

  private constructor(log: Log, agreement: string, by: By, state: RuleState) {
    this.#log = log;
    this.#agreement = agreement;
    this.#by = by;
    this.#state = state;
    this.#revision = state.revision;
  }

  /** Reads what the agreement has so far. @throws HistoryUnreadable */
  static async open(log: Log, agreement: string, by: By): Promise<ManyRecorder> {
    const events = allReadable(await wholeStream(log, streamOf(agreement), 0));
    return new ManyRecorder(log, agreement, by, fold(agreement, events));
  }

  /** The record as the rules see it, with what waits to be appended. To be read until the next command only. */
  get state(): RuleState {
    return this.#state;
  }

  /** Events appended so far. */
  get appended(): number {
    return this.#appended;
  }

  /** Resolves when it is recorded or waits for an append. @throws {Refused} {@link Overtaken} */
  async record(given: Given): Promise<void> {
    const { command, commandId } = given;
    if (this.#state.commands.has(commandId)) return;
    const decision = decide(command, this.#state);
    if (decision.kind === 'rejected') {
      await this.flush();
      throw new Refused(given, decision.rejections);
    }
    const by = metadataOf({ ...this.#by, commandId });
    const events = decision.events.map((event) => identified(this.#agreement, event, by));
    const encoded = events.map(encode);
    const bytes = encoded.reduce((sum, { data }) => sum + data.length, 0);
    if (this.#waiting.length + events.length > MOST_EVENTS || this.#bytes + bytes > MOST_BYTES) {
      await this.flush();
    }
    this.#waiting.push(...encoded);
    this.#bytes += bytes;
    const { revision } = this.#state;
    const stream = streamOf(this.#agreement);
    // As the log will have them; where in it and when, the rules do not ask.
    const pretended = events.map(
      (event, i): Recorded => ({
        ...event,
        stream,
        revision: revision + i + 1,
        position: 0,
        recordedAt: 0,
      }),
    );
    this.#state = foldOnto(this.#state, pretended);
  }

  /** Resolves when everything that was given is in the log. @throws {Overtaken} */
  async flush(): Promise<void> {
    const events = this.#waiting;
    if (events.length === 0) return;
    [this.#waiting, this.#bytes] = [[], 0];
    try {
      await this.#log.append(streamOf(this.#agreement), events, this.#revision);
    } catch (trouble) {
      if (!(trouble instanceof RevisionConflict || trouble instanceof DuplicateEvent))
        throw trouble;
      throw new Overtaken(`Somebody else records to ${this.#agreement} at the same time.`);
    }
    this.#revision += events.length;
    this.#appended += events.length;
  }
}

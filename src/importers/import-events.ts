import { type Log, Overtaken } from '#app/record-many.ts';
import { streamOf } from '#app/stream-name.ts';
import { type LineProblem, type ReadLine, readEventsFile } from './events-file.ts';

/** What became of an export that was given back to a log. With problems nothing of it was recorded. */
export type EventsReport = {
  /** Absent when no line could be read. */
  readonly agreement?: string;
  /** Events that the log had already. */
  readonly before: number;
  readonly recorded: number;
  /**
   * Of those recorded, how many the log dates later than the file: times never fall along a log, and this one had later
   * events of other agreements. Questions with `knownAt` may be answered otherwise than where they come from.
   */
  readonly redated: number;
  /** The first problems, in order of lines. */
  readonly problems: readonly LineProblem[];
  /** It was interrupted; the same call goes on. */
  readonly interrupted: boolean;
};

export type ImportEventsOptions = {
  /** Only look for what is in the way. */
  readonly dryRun?: boolean;
  /** Called after each append with the events that are done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Aborted: what was appended stands. */
  readonly signal: AbortSignal;
};

const MOST_PROBLEMS = 20;
/** Events and characters of one append. */
const MOST_EVENTS = 1_000;
const MOST_LENGTH = 1024 * 1024;

type Looked = Pick<EventsReport, 'agreement' | 'problems'> & { readonly events: number };

const isProblem = (found: ReadLine | LineProblem): found is LineProblem => 'message' in found;

const lookThrough = async (path: string): Promise<Looked> => {
  const problems: LineProblem[] = [];
  let [agreement, events]: [string | undefined, number] = [undefined, 0];
  for await (const found of readEventsFile(path)) {
    if (isProblem(found)) problems.push(found);
    else {
      agreement ??= found.agreementId;
      events += 1;
    }
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (events === 0 && problems.length === 0) {
    problems.push({ line: 1, message: 'there is no event in the file' });
  }
  return { ...(agreement !== undefined && { agreement }), problems, events };
};

/** The events of a checked file. */
async function* eventsIn(path: string): AsyncGenerator<ReadLine> {
  for await (const found of readEventsFile(path)) {
    if (isProblem(found)) throw new Overtaken(`${path} was changed while it was read.`);
    yield found;
  }
}

type Text = Pick<ReadLine['event'], 'id' | 'type' | 'schemaVersion' | 'data' | 'metadata'>;

const saidBy = ({ id, type, schemaVersion, data, metadata }: Text): string =>
  JSON.stringify([id, type, schemaVersion, data, metadata]);

/** JSON on one line, as an export has it. */
const compact = (text: Text): Text =>
  /[\r\n]/.test(text.data) ? { ...text, data: JSON.stringify(JSON.parse(text.data)) } : text;

/** How many events the log has of the file's beginning; or where it says something else. */
const alreadyThere = async (
  log: Log,
  agreement: string,
  events: AsyncGenerator<ReadLine>,
): Promise<number | LineProblem> => {
  let before = 0;
  for await (const page of log.readStream(streamOf(agreement))) {
    for (const stored of page) {
      const { value } = await events.next();
      if (value === undefined) return before;
      if (saidBy(compact(stored)) !== saidBy(value.event)) {
        const message = `the log has another event as revision ${stored.revision} of ${agreement}; give the file to a log without ${agreement}, or to one that has nothing but its beginning`;
        return { line: value.line, message };
      }
      before += 1;
    }
  }
  return before;
};

const isConflict = (trouble: unknown): boolean =>
  trouble instanceof Error && ['RevisionConflict', 'DuplicateEvent'].includes(trouble.name);

/** Appends to one stream in order; keeps what waits to few. */
class Appender {
  readonly #log: Log;
  readonly #agreement: string;
  #waiting: ReadLine['event'][] = [];
  #length = 0;
  #revision: number;
  recorded = 0;
  redated = 0;

  constructor(log: Log, agreement: string, revision: number) {
    this.#log = log;
    this.#agreement = agreement;
    this.#revision = revision;
  }

  /** True when it was appended with those before it. */
  async add({ event }: ReadLine): Promise<boolean> {
    const length = event.data.length + event.metadata.length;
    const full = this.#waiting.length === MOST_EVENTS || this.#length + length > MOST_LENGTH;
    if (full) await this.flush();
    this.#waiting.push(event);
    this.#length += length;
    return full;
  }

  /** @throws {Overtaken} */
  async flush(): Promise<void> {
    const events = this.#waiting;
    if (events.length === 0) return;
    [this.#waiting, this.#length] = [[], 0];
    try {
      const stream = streamOf(this.#agreement);
      const appended = await this.#log.append(stream, events, this.#revision);
      this.redated += appended.events.filter(
        ({ recordedAt }, at) => recordedAt !== events[at]?.recordedAt,
      ).length;
    } catch (trouble) {
      if (!isConflict(trouble)) throw trouble;
      throw new Overtaken(`Somebody else records to ${this.#agreement} at the same time.`);
    }
    this.#revision += events.length;
    this.recorded += events.length;
  }
}

type Appending = {
  readonly signal: AbortSignal;
  readonly appender: Appender;
  readonly onAppended: () => void;
};

const append = async (
  events: AsyncIterable<ReadLine>,
  { appender, onAppended, signal }: Appending,
): Promise<void> => {
  for await (const line of events) {
    if (signal.aborted) return;
    if (await appender.add(line)) onAppended();
  }
  await appender.flush();
};

/**
 * Gives an agreement's exported events to a log, with their ids, order and times. Where the log has the beginning of them
 * it goes on behind it, so that an interrupted import is gone on with and a repeated one appends nothing. Nothing is
 * judged by the rules of agreements again: another log accepted it.
 * @throws {SourceUnavailable} when the file can't be read, {Overtaken} when somebody else writes to the agreement
 */
export const importEvents = async (
  log: Log,
  path: string,
  { dryRun = false, onProgress, signal }: ImportEventsOptions,
): Promise<EventsReport> => {
  const { events: all, ...looked } = await lookThrough(path);
  const { agreement, problems } = looked;
  const nothing = { ...looked, before: 0, recorded: 0, redated: 0, interrupted: false };
  if (agreement === undefined || problems.length > 0) return nothing;
  const events = eventsIn(path);
  const before = await alreadyThere(log, agreement, events);
  if (typeof before === 'object') return { ...nothing, problems: [before] };
  if (dryRun) return { ...nothing, before };
  const appender = new Appender(log, agreement, before);
  const onAppended = () => onProgress?.(before + appender.recorded, all);
  await append(events, { appender, onAppended, signal });
  const { recorded, redated } = appender;
  return { ...nothing, before, recorded, redated, interrupted: signal.aborted };
};

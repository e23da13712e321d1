/** What is wrong with a log on a server, or could go wrong: settings, what others wrote, what is gone. */
import { bounded } from './bounded.ts';
import { verdictOn } from './server-errors.ts';
import { isOurs } from './server-event.ts';
import type { ServerEvent, ServerLog, StreamLimits } from './server-log.ts';
import type { Sign } from './sign.ts';
import type { EventStore, StoredEvent } from './store.ts';
import { wholeStream } from './whole-stream.ts';

/** How long the server may take for one question, ms. */
const patience = 10_000;
const settings = '$settings';
const limiting = /"\$?(?:maxAge|maxCount|tb|truncateBefore)"/;

type Local = Pick<EventStore, 'streams' | 'readStream'>;

const said = (limits: StreamLimits): readonly string[] => {
  const { maxAge, maxCount, truncateBefore } = limits;
  return [
    ...(maxAge === undefined ? [] : [`$maxAge ${maxAge} s`]),
    ...(maxCount === undefined ? [] : [`$maxCount ${maxCount}`]),
    ...(truncateBefore === undefined || truncateBefore === 'start'
      ? []
      : [`$tb ${truncateBefore}`]),
  ];
};

async function* limitSigns(server: ServerLog, name: string, stream: string): AsyncGenerator<Sign> {
  const limits = said(await bounded(server.limitsOf(name), patience));
  if (limits.length === 0) return;
  yield {
    kind: 'LIMIT',
    ok: false,
    stream,
    message: `Stream ${stream} is told to forget: ${limits.join(', ')}.`,
    remedy: `Take that out of the metadata of stream ${name}, before a scavenge deletes what it hides.`,
  };
}

/** What the server gives of a stream against what it should be and what the mirror has. */
class Comparison {
  readonly #stream: string;
  readonly #mirrored: readonly StoredEvent[];
  readonly #ids = new Map<string, number>();
  #next = 1;
  #foreign = 0;
  #differing = 0;

  constructor(stream: string, mirrored: readonly StoredEvent[]) {
    this.#stream = stream;
    this.#mirrored = mirrored;
  }

  *see(event: ServerEvent): Generator<Sign> {
    const revision = Number(event.revision) + 1;
    if (revision > this.#next) yield this.#gap(this.#next, revision - 1);
    this.#next = revision + 1;
    if (!isOurs(event)) this.#foreign += 1;
    const before = this.#ids.get(event.id);
    if (before !== undefined) yield this.#repeated(event.id, before, revision);
    this.#ids.set(event.id, revision);
    const here = this.#mirrored[revision - 1];
    if (here?.revision === revision && here.id !== event.id) this.#differing += 1;
  }

  *end(): Generator<Sign> {
    const last = this.#mirrored.at(-1)?.revision ?? 0;
    if (last >= this.#next) yield this.#gap(this.#next, last);
    if (this.#foreign > 0) {
      yield {
        kind: 'FOREIGN',
        ok: false,
        stream: this.#stream,
        message: `Stream ${this.#stream} holds ${this.#foreign} events that Codicil did not write.`,
        remedy:
          'Find out who writes to streams called agreement-…, and let them write elsewhere, or give Codicil a streamPrefix.',
      };
    }
    if (this.#differing === 0) return;
    yield {
      kind: 'MIRROR',
      ok: false,
      stream: this.#stream,
      message: `${this.#differing} events of ${this.#stream} are others in the mirror than on the server.`,
      remedy: 'Delete the mirror; it is built anew.',
    };
  }

  #gap(first: number, last: number): Sign {
    const which = first === last ? `Revision ${first}` : `Revisions ${first} to ${last}`;
    const has = this.#mirrored.some(({ revision }) => revision >= first && revision <= last);
    return {
      kind: 'GAP',
      ok: false,
      stream: this.#stream,
      message: `${which} of ${this.#stream} can't be read on the server${has ? ', and are in this mirror' : ''}.`,
      remedy: has
        ? 'Keep this mirror: copy the log from it to another store (codicil copy-log), and take the limits or the deletion back.'
        : 'Take the limits or the deletion back; what was scavenged can only come from a backup or another replica.',
    };
  }

  #repeated(id: string, first: number, second: number): Sign {
    return {
      kind: 'REPEATED',
      ok: false,
      stream: this.#stream,
      message: `Event ${id} is in ${this.#stream} twice, at revisions ${first} and ${second}.`,
      remedy:
        'Something appends without an expected revision; copy the log without it (codicil copy-log) if it matters.',
    };
  }
}

type Asked = { readonly server: ServerLog; readonly name: string; readonly stream: string };

/** A tombstone hides a stream and its metadata; that it is gone is a gap then. */
async function* streamSigns(
  { server, name, stream }: Asked,
  comparison: Comparison,
): AsyncGenerator<Sign> {
  try {
    yield* limitSigns(server, name, stream);
    for await (const event of server.readStream(name)) yield* comparison.see(event);
  } catch (error) {
    if (verdictOn(error).kind !== 'tombstoned') throw error;
  }
  yield* comparison.end();
}

/** Defaults for all streams lie in the last event of a system stream, which only administrators may read. */
async function* settingsSigns(server: ServerLog): AsyncGenerator<Sign> {
  let last: ServerEvent | undefined;
  try {
    for await (const event of server.readStream(settings)) last = event;
  } catch (error) {
    if (verdictOn(error).kind !== 'denied') throw error;
    yield {
      kind: 'LIMIT',
      ok: true,
      message: 'This user may not read $settings, where defaults for all streams lie.',
    };
    return;
  }
  if (last === undefined || !limiting.test(JSON.stringify(last.data))) return;
  yield {
    kind: 'LIMIT',
    ok: false,
    message: 'The defaults in $settings tell streams to forget.',
    remedy:
      'Take $maxAge, $maxCount and $tb out of $settings, before a scavenge deletes what they hide.',
  };
}

/** All that can be told of a server's side. @throws the client's errors */
export async function* examineServer(
  server: ServerLog,
  local: Local,
  streamPrefix: string,
): AsyncGenerator<Sign> {
  yield { kind: 'VERSION', ok: true, message: `The server has version ${await server.version()}.` };
  yield* settingsSigns(server);
  for await (const stream of local.streams()) {
    const name = `${streamPrefix}${stream}`;
    const mirrored = await wholeStream(local, stream);
    yield* streamSigns({ server, name, stream }, new Comparison(stream, mirrored));
  }
}

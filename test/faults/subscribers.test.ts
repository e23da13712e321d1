import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { EventStore } from '#store/store.ts';
import { anEvent } from '../store/events.ts';
import { aPath, opened } from '../store/open-sqlite.ts';
import { PATIENCE, scaled } from './scale.ts';

const SCRIPT = fileURLToPath(new URL('./serving-process.ts', import.meta.url));
const MIB = 1_048_576;

const serving = async (path: string) => {
  const child = fork(SCRIPT, [path], { execArgv: ['--expose-gc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [{ address, plain }] = await once(child, 'message');
  const held = async (): Promise<number> => {
    child.send({});
    const [answer] = await once(child, 'message');
    return answer.held;
  };
  return { address: `${address}/graphql`, plain, held };
};

const QUERY = `subscription F($after: String) { changes(filter: { agreement: "deal" }, after: $after) {
  __typename
  ... on ChangeRecorded { cursor event { position } }
  ... on CaughtUp { cursor }
  ... on Heartbeat { cursor }
} }`;

/** A subscriber that keeps the positions it saw, and its last cursor. */
class Reader {
  readonly seen: number[] = [];
  caughtUp = false;
  closed = false;
  #cursor: string | null = null;
  #response: IncomingMessage | undefined;
  readonly #address: string;
  readonly #agent: Agent;

  constructor(address: string, agent: Agent) {
    this.#address = address;
    this.#agent = agent;
  }

  async open(): Promise<this> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const sent = request(this.#address, { method: 'POST', agent: this.#agent, headers });
    sent.on('error', () => undefined);
    sent.end(JSON.stringify({ query: QUERY, variables: { after: this.#cursor } }));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    this.#response = response;
    let rest = '';
    response.setEncoding('utf8').on('data', (text: string) => {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.#take(frame);
    });
    response
      .on('error', () => undefined)
      .once('close', () => {
        this.closed = true;
      });
    return this;
  }

  stall(): void {
    this.#response?.pause();
  }

  goOn(): void {
    this.#response?.resume();
  }

  leave(): void {
    this.#response?.removeAllListeners('data');
    this.#response?.destroy();
  }

  #take(frame: string): void {
    const data = /^data: (.*)$/m.exec(frame)?.[1];
    if (data === undefined) return;
    const item = JSON.parse(data).data?.changes;
    if (item === undefined) return;
    this.#cursor = item.cursor;
    if (item.__typename === 'CaughtUp') this.caughtUp = true;
    if (item.__typename === 'ChangeRecorded') this.seen.push(item.event.position);
  }
}

const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await sleep(10);
};

/** Events that read well enough to be followed. */
const recording = (id: string, prose: string) => ({
  ...anEvent({
    changeId: `paper/addTerm:${id}`,
    instrumentId: 'paper',
    termId: id,
    kind: 'PRICE',
    prose,
    effectiveFrom: '2024-01-01',
  }),
  metadata: JSON.stringify({ by: 'test', commandId: id, correlationId: id }),
});

const begun = async (path: string): Promise<EventStore> => {
  const store = await opened(path);
  const parties = [{ partyId: 'p', name: 'P' }];
  const head = anEvent({ agreementId: 'deal', title: 'Deal', timeZone: 'UTC', parties });
  const paper = anEvent({ instrumentId: 'paper', kind: 'ORIGINAL', title: 'Paper', sources: [] });
  const metadata = JSON.stringify({ by: 'test', commandId: 'begin', correlationId: 'begin' });
  await store.append(
    'agreement-deal',
    [
      { ...head, type: 'AgreementRecorded', metadata },
      { ...paper, type: 'InstrumentRecorded', metadata },
    ],
    'any',
  );
  return store;
};

const HEALTHY = scaled(30, 290);
const BURST = scaled(600, 10_000);

test(
  `${HEALTHY} subscribers lose nothing in a burst of ${BURST} events, beside one that never reads and ten that come and go`,
  async () => {
    const path = aPath();
    const store = await begun(path);
    const { address, held } = await serving(path);
    const agent = new Agent({ maxSockets: 1_000 });
    onTestFinished(() => agent.destroy());
    const readers = await Promise.all(
      Array.from({ length: HEALTHY }, () => new Reader(address, agent).open()),
    );
    const fickle = await Promise.all(
      Array.from({ length: 10 }, () => new Reader(address, agent).open()),
    );
    const stalled = await new Reader(address, agent).open();
    await until(() => [...readers, ...fickle].every(({ caughtUp }) => caughtUp));
    // A first round, so that what is made once is there before memory is looked at.
    for (let n = 0; n < 100; n++)
      await store.append('agreement-deal', [recording(`warm-${n}`, 'Ten.')], 'any');
    await until(() => readers.every(({ seen }) => seen.length === 102));
    const before = await held();
    stalled.stall();
    let most = 0;
    let recorded = 102;
    const coming = (async () => {
      for (let n = 0; recorded < 102 + BURST; n++) {
        const one = fickle[n % fickle.length];
        one?.leave();
        await sleep(20);
        await one?.open();
      }
    })();
    for (let n = 0; n < BURST; n += 10) {
      const events = Array.from({ length: 10 }, (_, i) => recording(`t${n + i}`, 'x'.repeat(500)));
      await store.append('agreement-deal', events, 'any');
      recorded += 10;
      if (n % (BURST / 5) === 0) most = Math.max(most, await held());
    }
    const total = 102 + BURST;
    await coming;
    await until(() => [...readers, ...fickle].every(({ seen }) => seen.at(-1) === total));
    most = Math.max(most, await held());
    const whole = Array.from({ length: total }, (_, n) => n + 1);
    for (const { seen } of [...readers, ...fickle]) expect(seen).toEqual(whole);
    // The one that stalled goes on, or was closed and comes back with its cursor.
    stalled.goOn();
    await sleep(200);
    if (stalled.closed) await stalled.open();
    await until(() => stalled.seen.at(-1) === total);
    expect(stalled.seen).toEqual(whole);
    // What the server now knows of the agreement itself, subscribers or not.
    const history = BURST * 3_000;
    expect(most - before).toBeLessThan(50 * MIB + history);
    for (const reader of [...readers, ...fickle, stalled]) reader.leave();
    await sleep(500);
    expect((await held()) - before).toBeLessThan(10 * MIB + history);
  },
  PATIENCE,
);

const IDLE = scaled(1_000, 10_000);
test(
  `${IDLE} subscribers to whom nothing happens cost less than 10 KiB each on top of their connections`,
  async () => {
    const path = aPath();
    await begun(path);
    const { address, plain, held } = await serving(path);
    const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
    onTestFinished(() => agent.destroy());
    const some = async (at: string, count: number) => {
      const opened: Reader[] = [];
      for (let n = 0; n < count; n += 100) {
        const batch = Array.from({ length: 100 }, () => new Reader(at, agent).open());
        opened.push(...(await Promise.all(batch)));
      }
      await until(() => opened.every(({ caughtUp }) => caughtUp));
      return opened;
    };
    const costOf = async (at: string): Promise<number> => {
      const first = await some(at, 500);
      const before = await held();
      const others = await some(at, IDLE);
      const cost = ((await held()) - before) / IDLE;
      for (const one of [...first, ...others]) one.leave();
      return cost;
    };
    const connection = await costOf(plain);
    const subscriber = await costOf(address);
    expect(subscriber - connection).toBeLessThan(10 * 1_024);
  },
  PATIENCE,
);

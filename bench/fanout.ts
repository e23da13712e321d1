import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Measured, median } from './measure.ts';

const READERS = 300;
const QUERY = `subscription { changes {
  __typename
  ... on ChangeRecorded { cursor event { type recordedAt } change { changeId effectiveFrom } labels }
  ... on CaughtUp { cursor }
} }`;

type Report = { readonly ours: string; readonly anchor: string; readonly cpu: number };

/** Subscribers that count the frames they get; one of them keeps them. */
class Readers {
  readonly #agent = new Agent({ maxSockets: READERS });
  readonly frames: string[] = [];
  read = 0;
  caughtUp = 0;

  async open(address: string): Promise<void> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const body = JSON.stringify({ query: QUERY });
    for (let n = 0; n < READERS; n++) {
      const sent = request(address, { method: 'POST', agent: this.#agent, headers });
      sent.end(body);
      const [response] = await once(sent, 'response');
      this.#count(response, n === 0);
    }
  }

  #count(response: IncomingMessage, keeps: boolean): void {
    let rest = '';
    response.setEncoding('utf8').on('data', (text: string) => {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.#take(frame, keeps);
    });
  }

  #take(frame: string, keeps: boolean): void {
    if (frame.includes('"CaughtUp"')) this.caughtUp += 1;
    if (!frame.includes('"ChangeRecorded"')) return;
    this.read += 1;
    if (keeps) this.frames.push(`${frame}\n\n`);
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) await sleep(5);
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** One round: the same frames to as many readers of each server; deliveries a second of the server's CPU time. */
const round = async (folder: string, n: number, events: number) => {
  const server = new URL('./fanout-server.ts', import.meta.url);
  const child = fork(server, [join(folder, `fanout-${n}.db`), String(events)]);
  const report = async (message?: object): Promise<Report> => {
    if (message !== undefined) child.send(message);
    const [answer] = await once(child, 'message');
    return answer;
  };
  const { ours, anchor } = await report();
  const measured = async (readers: Readers, message: object): Promise<number> => {
    readers.read = 0;
    const { cpu } = await report({});
    child.send(message);
    await readers.until(() => readers.read === events * READERS);
    await once(child, 'message');
    return (events * READERS * 1e6) / ((await report({})).cpu - cpu);
  };
  const subscribers = new Readers();
  await subscribers.open(ours);
  await subscribers.until(() => subscribers.caughtUp === READERS);
  subscribers.frames.length = 0;
  const rate = await measured(subscribers, { write: 'ours' });
  subscribers.close();
  const plain = new Readers();
  await plain.open(anchor);
  const frames = subscribers.frames;
  await measured(plain, { write: 'anchor', frames });
  const anchors = await measured(plain, { write: 'anchor', frames });
  plain.close();
  child.disconnect();
  await once(child, 'exit');
  return { rate, anchors };
};

/** Each recorded event to 300 subscribers over server-sent events, against writing the same bytes to as many. */
export const measureFanout = async (
  folder: string,
  quick: boolean,
): Promise<readonly Measured[]> => {
  const rounds = [];
  for (let n = 0; n < (quick ? 1 : 5); n++)
    rounds.push(await round(folder, n, quick ? 200 : 2_000));
  const ours = median(rounds.map(({ rate }) => rate));
  const anchors = median(rounds.map((one) => one.anchors));
  const what = `one event to ${READERS} subscribers`;
  return [{ what, anchor: 'raw server-sent events of the same bytes', ours, anchors }];
};

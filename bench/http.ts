import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { isoDay } from '#events/days.ts';
import type { Measured } from './measure.ts';
import { median } from './measure.ts';

const CONNECTIONS = 16;
/** Requests before anything is measured, so that both servers run compiled. */
const WARMING = 12_000;
const QUERY = `query AsOf($day: Day!) {
  agreement(id: "bench") { state(at: { effectiveOn: $day }) {
    terms { termId kind heading number prose standing applies inForceSince }
    basis { effectiveOn position digest }
  } }
}`;

type Report = {
  readonly addresses: { readonly ours: string; readonly anchor: string };
  readonly cpu: number;
};

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const ask = async (address: string, body: string): Promise<string> => {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const sent = request(address, { method: 'POST', agent, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return text(response);
};

const bodies = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({ query: QUERY, variables: { day: isoDay(14_610 + ((i * 97) % 5_000)) } }),
  );

const load = async (address: string, asked: readonly string[]): Promise<void> => {
  const left = asked[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (const body of left) await ask(address, body);
    }),
  );
};

/** An as-of query over HTTP against a server that only sends the same JSON: requests per second of its CPU time. */
export const measureHttp = async (_: string, quick: boolean): Promise<readonly Measured[]> => {
  const child = fork(new URL('./http-server.ts', import.meta.url));
  const report = async (message?: object): Promise<Report> => {
    if (message !== undefined) child.send(message);
    const [answer] = await once(child, 'message');
    return answer;
  };
  const { addresses } = await report();
  const requests = quick ? 500 : 3_000;
  const asked = bodies(requests);
  const answer = JSON.parse(await ask(addresses.ours, asked[0] ?? ''));
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  await report({ answer });
  const rateOf = async (address: string): Promise<number> => {
    const before = await report({});
    await load(address, asked);
    const after = await report({});
    return (requests * 1e6) / (after.cpu - before.cpu);
  };
  const warming = bodies(quick ? requests : WARMING);
  for (const address of [addresses.anchor, addresses.ours]) await load(address, warming);
  const rates: { ours: number[]; anchor: number[] } = { ours: [], anchor: [] };
  for (let round = 0; round < (quick ? 3 : 7); round++) {
    const pair = { anchor: await rateOf(addresses.anchor), ours: await rateOf(addresses.ours) };
    rates.ours.push(pair.ours);
    rates.anchor.push(pair.anchor);
  }
  child.disconnect();
  agent.destroy();
  const [ours, anchors] = [median(rates.ours), median(rates.anchor)];
  return [
    { what: 'as-of query over HTTP', anchor: 'fastify sending the same JSON', ours, anchors },
  ];
};

import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../cli/command-line.ts';
import { start } from '../cli/serving.ts';
import { aPath } from '../store/open-sqlite.ts';
import { amend, begin } from './ask.ts';
import { PATIENCE, scaled } from './scale.ts';

const FOLLOW = 'subscription { changes { __typename ... on ChangeRecorded { cursor } } }';

/** Reads a subscription to its end; gives how it ended. */
const follow = async (address: string): Promise<string> => {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: FOLLOW }),
  });
  return response.text();
};

/** Writes until the server takes no more; what was refused or cut off counts as not acknowledged. */
const writeOn = async (address: string, agreement: string, acknowledged: string[]) => {
  for (;;) {
    try {
      const { id, acknowledged: was } = await amend(address, agreement);
      if (!was) return;
      acknowledged.push(id);
    } catch {
      return;
    }
  }
};

test.each(Array.from({ length: scaled(2, 20) }, (_, n) => n))(
  'a server that is told to stop under load ends by itself, and keeps what it acknowledged (%i)',
  async (n) => {
    const log = aPath();
    const server = await start(log, '--no-bundled');
    onTestFinished(() => void server.end('SIGKILL'));
    const { address } = server;
    const agreements = Array.from({ length: 16 }, (_, i) => `deal-${i}`);
    for (const agreement of agreements) await begin(address, agreement);
    const followers = Array.from({ length: 20 }, () => follow(address));
    const acknowledged: string[] = [];
    const writers = agreements.map((agreement) => writeOn(address, agreement, acknowledged));
    while (acknowledged.length < 30 + n * 17) await new Promise(setImmediate);
    const told = performance.now();
    server.end('SIGTERM');
    const { code, signal, err } = await server.ended;
    // The promise is ten seconds; a server that hangs is cut off by the test's own patience.
    expect(performance.now() - told).toBeLessThan(10_000);
    expect({ code, signal, err }).toEqual({ code: 0, signal: null, err: '' });
    await Promise.all(writers);
    for (const text of await Promise.all(followers)) {
      expect(text).toContain('SUBSCRIPTION_CLOSING');
      expect(text).toMatch(/event: complete\ndata:\s*$/);
    }
    const store = ['--store', `sqlite:${log}`];
    expect(await commandLine(['verify', ...store])).toMatchObject({ code: 0 });
    const said = await Promise.all(
      agreements.map((agreement) => commandLine(['log', agreement, '--json', ...store])),
    );
    const recorded = said.map(({ out }) => out).join('');
    expect(acknowledged.filter((id) => !recorded.includes(id))).toEqual([]);
  },
  PATIENCE,
);

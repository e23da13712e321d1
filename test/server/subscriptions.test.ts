import { createClient as createSse } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { openTestServer, type TestServer } from './test-server.ts';

const AGREEMENTS = ['lease', 'loan'];
const EVENTS = 60;

let served: TestServer;
let url = '';
beforeEach(async () => {
  served = await openTestServer();
  url = await served.listen();
  const parties = [{ partyId: 'owner', name: 'Owner' }];
  for (const agreement of AGREEMENTS) {
    await served.record('RecordAgreement', { agreement, title: 'T', timeZone: 'UTC', parties });
  }
});
afterEach(() => served[Symbol.asyncDispose]());

type Item = {
  readonly __typename: string;
  readonly cursor: string;
  readonly event?: { readonly position: number; readonly id: string };
};
type Message = {
  readonly data?: { readonly changes: Item } | null;
  readonly errors?: readonly { readonly extensions?: { readonly [name: string]: unknown } }[];
};
type Follower = AsyncIterable<Message> & { leave(): Promise<void> };

const QUERY = `subscription ($filter: ChangesFilter, $after: String) { changes(filter: $filter, after: $after) {
  __typename
  ... on ChangeRecorded { cursor labels event { id position type } change { changeId } }
  ... on ChangeTookEffect { cursor }
  ... on CaughtUp { cursor }
  ... on Heartbeat { cursor } } }`;

type Variables = { readonly filter?: object; readonly after?: string | null };

const overSse = (variables: Variables): Follower => {
  const client = createSse({ url, retryAttempts: 0 });
  const items = client.iterate({ query: QUERY, variables: { ...variables } });
  return {
    [Symbol.asyncIterator]: () => items as AsyncIterableIterator<Message>,
    leave: async () => client.dispose(),
  };
};

const overSocket = (variables: Variables): Follower => {
  const client = createSocket({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const items = client.iterate({ query: QUERY, variables: { ...variables } });
  return {
    [Symbol.asyncIterator]: () => items as unknown as AsyncIterableIterator<Message>,
    leave: async () => client.dispose(),
  };
};

const TRANSPORTS = [
  ['server-sent events', overSse],
  ['WebSocket', overSocket],
] as const;

const tag = (n: number) =>
  served.record('TagPoint', {
    agreement: AGREEMENTS[n % 2],
    tag: `t${n}`,
    effectiveOn: '2025-01-01',
  });

/** Reads some items, then is cut off; gives what it read. */
const readSome = async (follower: Follower, count: number): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const { data, errors } of follower) {
    if (errors !== undefined || !data) throw new Error(JSON.stringify(errors));
    items.push(data.changes);
    if (items.length >= count) break;
  }
  await follower.leave();
  return items;
};

describe.each(TRANSPORTS)('a subscriber over %s', (_, follow) => {
  it('that is cut and comes back at its last cursor sees every event once, in order, while others write', async () => {
    const writing = (async () => {
      for (let n = 0; n < EVENTS; n += 1) await tag(n);
    })();
    const positions: number[] = [];
    let after: string | null = null;
    for (let cut = 1; positions.length < EVENTS + AGREEMENTS.length; cut += 1) {
      const items = await readSome(follow({ after }), 1 + ((cut * 7) % 5));
      positions.push(...items.flatMap(({ event }) => event?.position ?? []));
      after = items.at(-1)?.cursor ?? after;
    }
    await writing;
    const head = await served.app.views.events({ after: 0, first: 1_000 });
    expect(positions).toEqual(head.events.map(({ position }) => position));
  });

  it('gets history, then one mark, then what comes', async () => {
    const follower = follow({});
    const seen: string[] = [];
    for await (const { data } of follower) {
      seen.push(data?.changes.__typename ?? 'nothing');
      if (seen.length === 3) await tag(0);
      if (seen.length > 3 && seen.at(-1) === 'ChangeRecorded') break;
    }
    await follower.leave();
    expect(seen.filter((name) => name !== 'Heartbeat')).toEqual([
      'ChangeRecorded',
      'ChangeRecorded',
      'CaughtUp',
      'ChangeRecorded',
    ]);
  });

  it('gets heartbeats that carry the cursor past what its filter leaves out', async () => {
    const before = await readSome(follow({ filter: { agreement: 'lease' } }), 2);
    expect(before.map(({ __typename }) => __typename)).toEqual(['ChangeRecorded', 'CaughtUp']);
    await tag(1);
    const after = before.at(-1)?.cursor ?? null;
    const later = await readSome(follow({ filter: { agreement: 'lease' }, after }), 2);
    expect(later.map(({ __typename }) => __typename)).toEqual(['CaughtUp', 'Heartbeat']);
    expect(later.at(-1)?.cursor).not.toBe(after);
  });

  it('is told that its cursor is none of ours', async () => {
    const follower = follow({ after: 'rubbish' });
    const messages: Message[] = [];
    try {
      for await (const message of follower) messages.push(message);
    } catch (errors) {
      messages.push({ errors: errors as NonNullable<Message['errors']> });
    }
    await follower.leave();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.errors?.[0]?.extensions?.['code']).toBe('BAD_CURSOR');
  });

  it('gets its last cursor when the server closes', async () => {
    const follower = follow({});
    const messages: Message[] = [];
    let closed: Promise<void> | undefined;
    try {
      for await (const message of follower) {
        messages.push(message);
        if (message.data?.changes.__typename === 'CaughtUp') closed = served.server.close();
      }
    } catch {
      // A socket is closed behind the last message.
    }
    await closed;
    const last = messages.at(-1);
    const cursor = messages.findLast(({ data }) => data)?.data?.changes.cursor;
    expect(last?.errors?.[0]?.extensions).toMatchObject({ code: 'SUBSCRIPTION_CLOSING', cursor });
  });
});

describe('a socket', () => {
  it('answers queries too', async () => {
    const client = createSocket({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const answers: unknown[] = [];
    for await (const answer of client.iterate({ query: '{ agreements { totalCount } }' })) {
      answers.push(answer);
    }
    await client.dispose();
    expect(answers).toEqual([{ data: { agreements: { totalCount: 2 } } }]);
  });

  it('is held to the same limits', async () => {
    const client = createSocket({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const query = `{ ${'agreements { nodes { '.repeat(9)} id ${'} }'.repeat(9)} }`;
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'TOO_DEEP' } },
    ]);
    await client.dispose();
  });

  it('that says what is no message is closed', async () => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    socket.on('open', () => socket.send('{ rubbish'));
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4400);
  });
});

describe('a subscription by plain POST', () => {
  it('is not acceptable: a stream of events must be accepted', async () => {
    const reply = await served.ask(QUERY);
    expect(reply).toMatchObject({
      status: 406,
      body: { errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] },
    });
  });
});

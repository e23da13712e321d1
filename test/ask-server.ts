/** Asks a running server over HTTP and gives the data. @throws when it answers with errors. */
export const askServer = async (
  address: string,
  query: string,
  variables: object = {},
  // The shape is what the query asks for.
  // biome-ignore lint/suspicious/noExplicitAny: a GraphQL answer has the shape of its query
): Promise<any> => {
  const reply = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await reply.json();
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};

/** The payloads of server-sent events, as they come. */
async function* payloads(reply: Response): AsyncGenerator<unknown> {
  let text = '';
  for await (const chunk of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = `${text}${chunk}`.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}

export type Item = { readonly __typename: string; readonly [field: string]: unknown };
type Payload = { readonly data?: { readonly changes: Item }; readonly errors?: unknown };

/** What a subscription to changes yields over server-sent events, until nobody listens any more. */
export async function* followServer(address: string, query: string): AsyncGenerator<Item> {
  const leave = new AbortController();
  try {
    const reply = await fetch(`${address}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream' },
      signal: leave.signal,
    });
    for await (const payload of payloads(reply)) {
      // What a subscription to changes yields.
      const { data, errors } = payload as Payload;
      if (data === undefined) throw new Error(JSON.stringify(errors));
      yield data.changes;
    }
  } finally {
    leave.abort();
  }
}

/** Takes items until one fulfils the condition, that one included. */
export const takeUntil = async (
  items: AsyncIterable<Item>,
  isLast: (item: Item) => boolean,
): Promise<readonly Item[]> => {
  const taken: Item[] = [];
  for await (const item of items) {
    taken.push(item);
    if (isLast(item)) break;
  }
  return taken;
};

export const isCaughtUp = ({ __typename }: Item): boolean => __typename === 'CaughtUp';

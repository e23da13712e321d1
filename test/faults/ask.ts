import { randomUUID } from 'node:crypto';
import { askServer } from '../ask-server.ts';

export type Reply = {
  readonly status: number;
  readonly body: {
    readonly data?: { readonly recordInstrument?: { readonly __typename: string } } | null;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
};

/** One operation over HTTP, refused or not. */
export const ask = async (address: string, query: string, variables = {}): Promise<Reply> => {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: await response.json() };
};

const RECORD = `mutation Record($input: RecordInstrumentInput!) {
  recordInstrument(input: $input) { __typename ... on Accepted { revision } }
}`;

/** Begins an agreement with one term. */
export const begin = async (address: string, agreement: string): Promise<void> => {
  const parties = [{ partyId: 'p', name: 'P' }];
  const input = { agreement, title: 'Deal', timeZone: 'UTC', parties };
  await ask(
    address,
    'mutation B($input: RecordAgreementInput!) { recordAgreement(input: $input) { __typename } }',
    {
      input,
    },
  );
  const instrument = {
    id: 'original',
    kind: 'ORIGINAL',
    title: 'Contract',
    executedAt: '2024-01-01',
    sources: [],
  };
  const changes = [{ addTerm: { termId: 'price', kind: 'PRICE', prose: 'Ten.' } }];
  await ask(address, RECORD, { input: { agreement, instrument, changes } });
};

/** Records one paper of two events; gives its id when it was acknowledged, else the answer. */
export const amend = async (address: string, agreement: string) => {
  const id = `paper-${randomUUID()}`;
  const instrument = { id, kind: 'AMENDMENT', title: id, executedAt: '2024-02-01', sources: [] };
  const changes = [{ amendTerm: { termId: 'price', values: { prose: `Says ${id}.` } } }];
  const reply = await ask(address, RECORD, { input: { agreement, instrument, changes } });
  const acknowledged = reply.body.data?.recordInstrument?.__typename === 'Accepted';
  return { id, acknowledged, reply };
};

/** The ids of all papers of an agreement, as they are in the log. */
export const papersOf = async (address: string, agreement: string): Promise<readonly string[]> => {
  const { agreement: found } = await askServer(
    address,
    'query P($id: ID!) { agreement(id: $id) { timeline { entries { instrument { instrumentId } } } } }',
    { id: agreement },
  );
  return found.timeline.entries.map(
    (entry: { readonly instrument: { readonly instrumentId: string } }) =>
      entry.instrument.instrumentId,
  );
};

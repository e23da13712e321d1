import { onTestFinished } from 'vitest';
import { askServer, followServer, type Item } from '../ask-server.ts';
import { openTestServer } from '../server/test-server.ts';

const ID = 'deal';

const STATE = `
  standing empty
  terms { termId prose applies certain facts { name text } overlays { kind } }
  ended { termId standing successors }
  prospective { changeId conditions } scheduled { changeId } lapsed { changeId }
  possibly { changeId what terms }
  findings { code changes }
  basis { coverage { stale } }`;

const DIFF = `kind term { from { termId } to { termId } } facts { name old new }`;

const ITEM = `__typename
  ... on ChangeRecorded { cursor labels event { type } change { changeId } }
  ... on ChangeTookEffect { cursor late dueAt change { changeId } }
  ... on CaughtUp { cursor }`;

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The dates of a paper, and when it was recorded. */
type Paper = {
  readonly id: string;
  readonly recorded: string;
  readonly executedAt?: string;
  readonly effectiveFrom?: string | object;
};

/** A deal on a server that listens on a port of its own, spoken to in GraphQL over HTTP only. */
export const aDeal = async (timeZone = 'UTC') => {
  const served = await openTestServer();
  onTestFinished(() => served[Symbol.asyncDispose]());
  const address = (await served.listen()).replace(/\/graphql$/, '');

  const give = async (mutation: string, input: object): Promise<void> => {
    const { result } = await askServer(
      address,
      `mutation Give($input: ${capital(mutation)}Input!) { result: ${mutation}(input: $input) {
        __typename ... on Rejected { rejections { code message } } } }`,
      { input: { agreement: ID, ...input } },
    );
    if (result.__typename !== 'Accepted') throw new Error(JSON.stringify(result));
  };
  const ask = async (field: string, args: string) =>
    (await askServer(address, `{ agreement(id: "${ID}") { ${field} ${args} } }`)).agreement;

  served.at('2025-01-01T00:00:00Z');
  const parties = [{ partyId: 'a', name: 'A' }];
  await give('recordAgreement', { title: 'Deal', timeZone, parties });
  return {
    at: served.at,
    give,
    /** Records one paper with its changes on a day. */
    paper: async ({ id, recorded, ...dates }: Paper, ...changes: readonly object[]) => {
      served.at(`${recorded}T12:00:00Z`);
      await give('recordInstrument', {
        instrument: { id, kind: 'AMENDMENT', title: id, ...dates },
        changes,
      });
    },
    /** What the server says at a point, written as GraphQL writes it. */
    state: async (at: string) => (await ask(`state(at: { ${at} })`, `{ ${STATE} }`)).state,
    diff: async (from: string, to: string) =>
      (await ask(`diff(from: { ${from} }, to: { ${to} })`, `{ entries { ${DIFF} } }`)).diff.entries,
    follow: (args: string): AsyncGenerator<Item> =>
      followServer(address, `subscription { changes${args} { ${ITEM} } }`),
  };
};

/** A term with one fact, as a change brings it in, and as one amends it. */
export const fixed = (termId: string, name: string, fact: object) => ({
  addTerm: { termId, kind: 'PRICE', facts: { [name]: fact } },
});
export const set = (termId: string, name: string, fact: object, more: object = {}) => ({
  amendTerm: { termId, values: { facts: { [name]: fact } }, ...more },
});

type Shown = {
  readonly terms: readonly { readonly facts: readonly { readonly text: string }[] }[];
};

/** What the only fact of the only term says. */
export const only = ({ terms }: Shown): string | undefined => terms[0]?.facts[0]?.text;

import { afterEach, beforeEach } from 'vitest';
import { openTestServer, type TestServer } from './test-server.ts';

let served: TestServer;
let url = '';

/** An agreement called `x` with two parties on a listening server, before each test of the file. */
export const useExample = (): void => {
  beforeEach(async () => {
    served = await openTestServer();
    url = await served.listen();
    await give('recordAgreement', 'RecordAgreementInput', {
      title: 'Example',
      timeZone: 'UTC',
      parties: [
        { partyId: 'a', name: 'A' },
        { partyId: 'b', name: 'B' },
      ],
    });
  });
  afterEach(() => served[Symbol.asyncDispose]());
};

/** Sets the clock of the server. */
export const at = (instant: string): void => served.at(instant);

/** Asks over HTTP as a client would. */
export const ask = async (query: string, variables: object = {}) => {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const body = await reply.json();
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
};

export const give = async (mutation: string, type: string, input: object) => {
  const { result } = await ask(
    `mutation ($input: ${type}!) { result: ${mutation}(input: $input) {
      __typename ... on Accepted { events { id } } ... on Rejected { rejections { message } } } }`,
    { input: { agreement: 'x', ...input } },
  );
  if (result.__typename !== 'Accepted') throw new Error(JSON.stringify(result));
  return result.events.map(({ id }: { readonly id: string }) => id);
};

/** Records a paper called `id` with its changes. */
export const paper = (id: string, dates: object, ...changes: object[]) =>
  give('recordInstrument', 'RecordInstrumentInput', {
    instrument: { id, kind: 'AMENDMENT', title: id, ...dates },
    changes: changes.map((change) => {
      const [entry] = Object.entries(change);
      return entry === undefined ? change : { [entry[0]]: { changeId: id, ...entry[1] } };
    }),
  });

const quantity = (value: number, unit = 'days') => ({ quantity: { value: String(value), unit } });
export const add = (value: number, more: object = {}) => ({
  addTerm: { termId: 't', kind: 'K', facts: { v: quantity(value) }, ...more },
});
export const amend = (value: number, more: object = {}) => ({
  amendTerm: { termId: 't', values: { facts: { v: quantity(value) } }, ...more },
});

const STATE = `query ($at: QuestionInput) { agreement(id: "x") { state(at: $at) {
  standing empty terms { termId applies certain facts { value } overlays { kind } }
  scheduled { changeId } prospective { changeId conditions } lapsed { changeId }
  ended { termId standing successors } possibly { changeId what } findings { code changes } consents { consentId }
  claims { claimId open outcome leadTimeDays } basis { coverage { stale } } } } }`;

export const state = async (effectiveOn: string, more: object = {}) =>
  (await ask(STATE, { at: { effectiveOn, ...more } })).agreement.state;
/** The value of the term and the changes that the findings name. */
export const value = async (effectiveOn: string, more: object = {}) => {
  const { terms, findings } = await state(effectiveOn, more);
  const found = findings.map((one: { code: string; changes: string[] }) => [one.code, one.changes]);
  return [terms[0]?.facts[0]?.value, ...found];
};

/** What a subscription answers up to where history ends, or up to another word, as text. */
export const followed = async (field: string, until = 'cursor'): Promise<string> => {
  const query = encodeURIComponent(
    `subscription { ${field} { ... on ChangeRecorded { labels change { changeId } } ... on ChangeTookEffect { dueAt late } ... on CaughtUp { cursor } } }`,
  );
  const reply = await fetch(`${url}?query=${query}`, { headers: { accept: 'text/event-stream' } });
  let text = '';
  for await (const chunk of reply.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes(until)) break;
  }
  return text;
};

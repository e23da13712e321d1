import { join } from 'node:path';
import fastify from 'fastify';
import { parseCommand } from '#agreement/commands.ts';
import { createApp } from '#app/create-app.ts';
import { streamOf } from '#app/stream-name.ts';
import { isoDay } from '#events/days.ts';
import { schema } from '#graphql/schema.ts';
import { prepare } from '#server/operation.ts';
import { createGraphql } from '#server/yoga.ts';
import { openStore } from '#store/open.ts';
import { madeUp } from './made-up.ts';
import { against, type Measured } from './measure.ts';

const CLIENTS = 64;
const CHANGES = 10;
const RECORD = `mutation Record($input: RecordInstrumentInput!) {
  recordInstrument(input: $input) { __typename ... on Accepted { revision } ... on Rejected { rejections { message } } }
}`;

/** A whole paper with ten changes through GraphQL, durable, against the bare append of as many events. */
export const measureRecord = async (
  folder: string,
  quick: boolean,
): Promise<readonly Measured[]> => {
  const papers = quick ? 2 : 10;
  await using store = await openStore(`sqlite:${join(folder, 'record.db')}`);
  await using app = await createApp({ store, now: Date.now });
  const { log } = fastify();
  const graphql = createGraphql({ app, schema, log });
  const closing = new AbortController().signal;
  let given = 0;
  const newCommandId = () => `bench-${++given}`;
  const caller = { by: 'bench', requestId: 'bench', newCommandId, closing, version: '0' };
  const agreements = Array.from({ length: CLIENTS }, (_, n) => `deal-${n}`);
  for (const agreement of agreements) {
    const parties = [{ partyId: 'a', name: 'A' }];
    const head = { agreement, title: 'Deal', timeZone: 'UTC', parties };
    const changes = Array.from({ length: CHANGES }, (_, n) => ({
      addTerm: { termId: `t${n}`, kind: 'PRICE', prose: 'The price is due in advance.' },
    }));
    const instrument = {
      id: 'original',
      kind: 'ORIGINAL',
      title: 'Paper',
      executedAt: '2010-01-01',
    };
    const paper = { agreement, instrument, changes };
    for (const command of [
      parseCommand('RecordAgreement', head),
      parseCommand('RecordInstrument', paper),
    ]) {
      await app.execute(command, { by: 'bench', commandId: newCommandId() });
    }
  }
  let paper = 0;
  const one = async (agreement: string): Promise<void> => {
    paper += 1;
    const changes = Array.from({ length: CHANGES }, (_, n) => ({
      amendTerm: {
        termId: `t${n}`,
        effectiveFrom: isoDay(14_700 + paper),
        values: { prose: `The price is due in advance, says paper ${paper}.` },
      },
    }));
    const instrument = {
      id: `p${paper}`,
      kind: 'AMENDMENT',
      title: 'Paper',
      executedAt: '2010-02-01',
      sources: [],
    };
    const params = { query: RECORD, variables: { input: { agreement, instrument, changes } } };
    const prepared = prepare(graphql, { caller }, params);
    if ('errors' in prepared) throw new Error(JSON.stringify(prepared.errors));
    const outcome = await prepared.run();
    if (!JSON.stringify(outcome).includes('"revision"')) throw new Error(JSON.stringify(outcome));
  };
  const side = (make: () => (agreement: string, n: number) => Promise<void>) => ({
    operations: papers * CLIENTS,
    prepare: () => {
      const run = make();
      return async () => {
        const clients = agreements.map(async (agreement) => {
          for (let n = 0; n < papers; n++) await run(agreement, n);
        });
        await Promise.all(clients);
      };
    },
  });
  const bare = () => {
    const appends = new Map(
      agreements.map((agreement) => [
        agreement,
        Array.from({ length: papers }, () => madeUp(CHANGES + 1, { terms: 1 })),
      ]),
    );
    return async (agreement: string, n: number): Promise<void> => {
      const events = appends.get(agreement)?.[n] ?? [];
      await store.append(streamOf(`bare-${agreement}`), events, 'any');
    };
  };
  return [
    await against(
      [`recordInstrument with ${CHANGES} changes, ${CLIENTS} clients`, side(() => one)],
      ['the bare append', side(bare)],
      quick ? 3 : 7,
    ),
  ];
};

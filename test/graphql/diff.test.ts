import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revisionsOf } from '../render/docx.ts';
import { openTestServer, type TestServer } from '../server/test-server.ts';
import { DEAL } from './deal.ts';

let deal: TestServer;
beforeAll(async () => {
  deal = await openTestServer();
  deal.at('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await deal.record(type, input);
  await deal.record('RecordInstrument', {
    agreement: 'cloud-deal',
    instrument: { id: 'price', kind: 'AMENDMENT', title: 'Price', executedAt: '2024-02-01' },
    changes: [
      {
        amendTerm: {
          termId: 'compute.exclusivity',
          values: {
            prose: 'The lab may use no other cloud.',
            facts: { price: { money: { amount: '90', currency: 'USD' } } },
          },
        },
      },
    ],
  });
});
afterAll(() => deal[Symbol.asyncDispose]());

const DIFF = `query Diff($from: QuestionInput!, $to: QuestionInput!) { agreement(id: "cloud-deal") { diff(from: $from, to: $to) {
  from { effectiveOn } to { effectiveOn }
  entries { kind effect matchedBy term { from { termId prose } to { termId heading } }
    fields { name old new } facts { name old new oldFact { amount } newFact { amount } delta { text amount currency } }
    words { op text } dates { what old new days } standing { old new } certain { old new }
    material materiality { flag rule removed added facts } causedBy { changeId instrument { title } }
    revisions { how } leaves { termId } takes { termId } } } } }`;

const diff = async (from: object, to: object) => {
  const { body } = await deal.ask(DIFF, { from, to });
  expect(body.errors).toBeUndefined();
  return body.data.agreement.diff;
};

describe('a diff', () => {
  it('of an amended term shows its words, its facts, why they matter, and what did it', async () => {
    const { entries } = await diff({ effectiveOn: '2024-01-31' }, { effectiveOn: '2024-02-01' });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      kind: 'AMENDED',
      matchedBy: 'ID',
      words: [
        { op: 'EQUAL' },
        { op: 'DELETE', text: 'shall' },
        { op: 'INSERT', text: 'may' },
        { op: 'EQUAL' },
      ],
      facts: [
        {
          name: 'price',
          old: '100 USD',
          new: '90 USD',
          oldFact: { amount: '100' },
          delta: { text: '-10 USD', amount: '-10', currency: 'USD' },
        },
      ],
      material: expect.arrayContaining(['MONEY', 'MODALITY']),
      causedBy: [
        { changeId: 'price/amendTerm:compute.exclusivity', instrument: { title: 'Price' } },
      ],
    });
    const money = entries[0].materiality.find((one: { flag: string }) => one.flag === 'MONEY');
    expect(money.facts).toEqual(['price']);
  });

  it('of a replaced term shows both sides and the change between them', async () => {
    const { entries } = await diff({ version: 1 }, { effectiveOn: '2025-01-21' });
    expect(entries).toMatchObject([
      {
        kind: 'REPLACED',
        matchedBy: 'LINEAGE',
        term: {
          from: [{ termId: 'compute.exclusivity' }],
          to: [{ termId: 'compute.rofr', heading: 'First refusal' }],
        },
        causedBy: [{ changeId: 'first-refusal/replaceTerms:compute.exclusivity' }],
      },
    ]);
  });

  it('names the change of the older side where the newer one knows it no more', async () => {
    const { entries } = await diff(
      { effectiveOn: '2025-01-21' },
      { effectiveOn: '2025-01-20', knownAt: '2025-02-28' },
    );
    const ids = entries.flatMap((one: { causedBy: { changeId: string }[] }) =>
      one.causedBy.map(({ changeId }) => changeId),
    );
    expect(ids).toContain('first-refusal/replaceTerms:compute.exclusivity');
  });

  it('is printed as a redline and counted', async () => {
    const { body } = await deal.ask(
      `{ agreement(id: "cloud-deal") { diff(from: { effectiveOn: "2024-01-31" }, to: { effectiveOn: "2024-02-01" }) {
        text: rendered(format: TEXT, context: 1) html: rendered(format: HTML) patch: rendered(format: JSON_PATCH) docx: rendered(format: DOCX)
        stat { entries kinds { kind count } flags { flag count } wordsInserted wordsDeleted moves facts } } } }`,
    );
    expect(body.errors).toBeUndefined();
    const { text, html, patch, docx, stat } = body.data.agreement.diff;
    expect(text).toContain('[-shall-]{+may+}');
    expect(text).toContain('by “Price”, executed 2024-02-01');
    expect(html).toContain('<del>shall</del><ins>may</ins>');
    const revisions = revisionsOf(Buffer.from(docx, 'base64')).map((one) => [one.op, one.text]);
    expect(revisions).toEqual(
      expect.arrayContaining([
        ['del', 'shall'],
        ['ins', 'may'],
      ]),
    );
    expect(JSON.parse(patch)).toContainEqual(expect.objectContaining({ op: 'replace' }));
    expect(stat).toMatchObject({
      entries: 1,
      kinds: [{ kind: 'AMENDED', count: 1 }],
      wordsInserted: 1,
      wordsDeleted: 1,
      facts: 1,
    });
    expect(stat.flags).toContainEqual({ flag: 'MONEY', count: 1 });
  });

  it('tells what changed in the deal from what was restated', async () => {
    deal.at('2025-04-01T00:00:00Z');
    await deal.record('CorrectRecord', {
      agreement: 'cloud-deal',
      target: 'change:price/amendTerm:compute.exclusivity',
      reason: 'misread',
      data: {
        termId: 'compute.exclusivity',
        values: {
          prose: 'The lab must use no other cloud.',
          facts: { price: { money: { amount: '90', currency: 'USD' } } },
        },
      },
    });
    const axes = async (from: object, to: object) => {
      const { body } = await deal.ask(
        `query ($from: QuestionInput!, $to: QuestionInput!) { agreement(id: "cloud-deal") { diff(from: $from, to: $to) { entries { kind axis } } } }`,
        { from, to },
      );
      return body.data.agreement.diff.entries.map((one: { axis: string }) => one.axis);
    };
    const before = { knownAt: '2025-03-15' };
    const [old, now] = [{ effectiveOn: '2024-01-31' }, { effectiveOn: '2024-02-01' }];
    expect(await axes(old, now)).toEqual(['EFFECTIVE']);
    expect(await axes({ ...now, ...before }, now)).toEqual(['KNOWLEDGE']);
    expect(await axes({ ...now, ...before }, { effectiveOn: '2025-01-21' })).toEqual(['BOTH']);
  });

  it('says what is different since a reader was at a cursor', async () => {
    const since = async (cursor: string) => {
      const { body } = await deal.ask(
        `query ($cursor: String!) { agreement(id: "cloud-deal") { changesSince(cursor: $cursor) { from { position } entries { kind } } } }`,
        { cursor },
      );
      return body;
    };
    const cursors: string[] = [];
    for await (const item of deal.app.changes({}, { signal: AbortSignal.timeout(5_000) })) {
      cursors.push(item.cursor);
      if (item.kind === 'CAUGHT_UP') break;
    }
    const last = await since(cursors.at(-1) ?? '');
    expect(last.data.agreement.changesSince.entries).toEqual([]);
    const first = await since(cursors[0] ?? '');
    expect(first.data.agreement.changesSince.from.position).toBe(1);
    expect(first.data.agreement.changesSince.entries.length).toBeGreaterThan(0);
    expect((await since('made up')).errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  it('of a point with itself is empty', async () => {
    const at = { effectiveOn: '2025-02-01' };
    expect((await diff(at, at)).entries).toEqual([]);
  });
});

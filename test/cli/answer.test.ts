import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../store/folder.ts';
import { commandLine, type Ran } from './command-line.ts';

const AT = '2025-01-01T00:00:00Z';
const head = {
  id: 'e-1',
  type: 'AgreementRecorded',
  data: {
    agreementId: 'lease',
    title: 'Lease',
    timeZone: 'UTC',
    parties: [{ partyId: 'harbour', name: 'Harbour' }],
  },
  recordedAt: AT,
};
const paper = {
  id: 'e-2',
  type: 'InstrumentRecorded',
  // Version 1 had no sources.
  data: { instrumentId: 'paper', kind: 'ORIGINAL', title: 'Paper', executedAt: '2020-01-01' },
  recordedAt: AT,
};
const price = {
  id: 'e-3',
  type: 'TermAdded',
  data: {
    changeId: 'paper/addTerm:price',
    instrumentId: 'paper',
    termId: 'price',
    kind: 'PRICE',
    facts: { price: { amount: 100, currency: 'EUR' } },
  },
  recordedAt: AT,
};
const events: readonly object[] = [head, paper, price];

const answer = (
  lines: readonly (object | string)[],
  points: readonly (object | string)[],
): Promise<Ran> => {
  const folder = aFolder();
  const text = (all: readonly (object | string)[]) =>
    all.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const [eventsFile, pointsFile] = [join(folder, 'events.jsonl'), join(folder, 'at.jsonl')];
  writeFileSync(eventsFile, text(lines));
  writeFileSync(pointsFile, `${text(points)}\n`);
  return commandLine(['answer', '--events', eventsFile, '--at', pointsFile]);
};

const statesOf = ({ out }: Ran) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const tagged = {
  id: 'e-4',
  type: 'PointTagged',
  data: { tag: 'signing', effectiveOn: '2020-01-01' },
  recordedAt: AT,
};

describe('codicil answer', () => {
  it('takes a version or a tag for the day that it names', async () => {
    const points = [{ effectiveOn: '2020-01-01' }, { version: 1 }, { tag: 'signing' }];
    const [onDay, ofVersion, ofTag] = statesOf(await answer([...events, tagged], points));
    expect(onDay.terms).toHaveLength(1);
    expect([ofVersion, ofTag]).toEqual([onDay, onDay]);
    const none = await answer([...events, tagged], [{ version: 2 }]);
    expect(none.err).toMatch(
      /at\.jsonl:1: There are versions 1 to 1 at this knowledge, and no ver/,
    );
  });

  it('prints one state a line, in the order of the points', async () => {
    const ran = await answer(events, [
      { effectiveOn: '2019-12-31' },
      { effectiveOn: '2020-01-01' },
    ]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const [before, on] = statesOf(ran);
    expect(before).toMatchObject({ agreementId: 'lease', terms: [] });
    expect(on.terms).toMatchObject([
      {
        termId: 'price',
        value: { facts: { price: { money: { amount: '100', currency: 'EUR' } } } },
      },
    ]);
  });

  it('takes revision and position from the order of the lines, and today for a missing day', async () => {
    const [state, nothing] = statesOf(await answer(events, [{}, { position: 2 }]));
    expect(state.terms).toHaveLength(1);
    expect(nothing.terms).toEqual([]);
  });

  it('goes by position, not by line, where positions are given', async () => {
    const corrected = {
      id: 'e-4',
      type: 'RecordCorrected',
      data: { target: 'e-3', data: { ...price.data, kind: 'RENT' }, reason: 'misread' },
      position: 40,
      recordedAt: '2025-02-01T00:00:00Z',
    };
    const shuffled = [
      corrected,
      { ...price, position: 3 },
      { ...head, position: 1 },
      { ...paper, position: 2 },
    ];
    const ran = await answer(shuffled, [
      { effectiveOn: '2025-01-01' },
      { effectiveOn: '2025-01-01', position: 3 },
    ]);
    expect(statesOf(ran).map(({ terms }) => terms[0].value.kind)).toEqual(['RENT', 'PRICE']);
  });

  it('names every bad line of the events with its place, and prints nothing', async () => {
    const ran = await answer(
      [
        head,
        '{',
        { ...price, type: 'TermPainted' },
        { ...paper, data: { ...paper.data, kind: 'paper' } },
      ],
      [{}],
    );
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/events\.jsonl:2: .*JSON/);
    expect(ran.err).toMatch(/events\.jsonl:3: type: /);
    expect(ran.err).toMatch(/events\.jsonl:4: kind: expected a kind in capitals/);
  });

  it('holds a correction against the schema of what it corrects', async () => {
    const bad = {
      id: 'e-4',
      type: 'RecordCorrected',
      data: { target: 'e-3', data: { termId: 'price' }, reason: 'misread' },
      recordedAt: AT,
    };
    const ran = await answer([...events, bad], [{}]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/events\.jsonl:4: /);
  });

  it('refuses the same id or position twice', async () => {
    const ran = await answer([...events, { ...price, position: 3 }], [{}]);
    expect(ran.err).toMatch(/events\.jsonl:4: id: e-3 is there already/);
    expect(ran.err).toMatch(/events\.jsonl:4: position: 3 is there already/);
  });

  it('names every bad line of the points', async () => {
    const ran = await answer(events, [{ effectiveOn: '2025-02-30' }, { on: '2025-01-01' }, '7']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/at\.jsonl:1: effectiveOn: expected a day that exists/);
    expect(ran.err).toMatch(/at\.jsonl:2: .*"on"/);
    expect(ran.err).toMatch(/at\.jsonl:3: /);
  });

  it('says which file is not there', async () => {
    const ran = await commandLine(['answer', '--events', 'nowhere.jsonl', '--at', 'nowhere.jsonl']);
    expect(ran).toEqual({ code: 3, out: '', err: 'codicil: There is no file nowhere.jsonl.\n' });
  });
});

import { describe, expect, it } from 'vitest';
import { parseCommand } from '#agreement/commands.ts';
import { byKeyOf } from './by-key.ts';
import { edited, LEASE, place } from './lease.ts';
import { count, emptyLog, record } from './recording.ts';

describe('recording a file', () => {
  it('appends one command per entry, and every event says where it came from', async () => {
    const hands = await emptyLog();
    const report = await record(hands, LEASE);
    expect(report).toMatchObject({
      agreement: 'lease',
      unchanged: 0,
      differences: [],
      problems: [],
      position: 11,
    });
    expect(report.recorded).toContainEqual({ what: 'instrument original', events: 3 });
    const history = await hands.history('lease');
    expect(history.map(({ type }) => type)).toEqual([
      'AgreementRecorded',
      'InstrumentRecorded',
      'TermAdded',
      'TermAdded',
      'InstrumentRecorded',
      'TermAmended',
      'ClaimReported',
      'ClaimAssessed',
      'ClaimResolved',
      'CoverageStated',
      'PointTagged',
    ]);
    expect(history.every(({ metadata }) => metadata.importedFrom === 'lease.yaml')).toBe(true);
  });

  it('reads years and clause numbers as they are written, and sums exactly', async () => {
    const hands = await emptyLog();
    await record(hands, edited('amount: 100,', 'amount: 12345678901234567890.10,'));
    const said = await byKeyOf(hands, 'lease');
    expect(said('instrument:original')).toMatchObject({ executedAt: '2020' });
    expect(said('change:original/addTerm:rent')).toMatchObject({
      number: '7.10',
      facts: { monthly: { money: { amount: '12345678901234567890.10', currency: 'EUR' } } },
    });
  });

  it('again appends nothing', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    expect(await record(hands, LEASE)).toMatchObject({
      recorded: [],
      unchanged: 8,
      differences: [],
      problems: [],
    });
    expect(await count(hands)).toBe(11);
  });

  it('twice at once appends it once', async () => {
    const hands = await emptyLog();
    await Promise.all([record(hands, LEASE), record(hands, LEASE)]);
    expect(await count(hands)).toBe(11);
  });

  it('that has grown appends what is new', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    const grown = edited(
      'claims:\n',
      `  - { id: notice, kind: NOTICE, title: N, executedAt: 2022, changes: [{ affirmTerms: {} }] }\nclaims:\n`,
    );
    expect((await record(hands, grown)).recorded).toEqual([
      { what: 'instrument notice', events: 2 },
    ]);
  });
});

describe('mistakes against the rules', () => {
  it('are all found before anything is recorded, each with its place in the file', async () => {
    const hands = await emptyLog();
    const wrong = edited('termId: rent, values', 'termId: rant, values')
      .replace('about: [sublet]', 'about: [rent, garden]')
      .replace('observedThrough: 2022', 'observedThrough: 2019');
    const report = await record(hands, wrong);
    expect(report.problems).toEqual([
      { ...place('rent, values'), message: expect.stringContaining('Did you mean rent?') },
      {
        line: place('about: [').line,
        column: place('about: [').column + 14,
        message: expect.stringContaining('garden'),
      },
      { ...place('2022-12-31'), message: expect.stringContaining('before it starts') },
    ]);
    expect(await count(hands)).toBe(0);
  });

  it('do not make everything behind them a mistake', async () => {
    const hands = await emptyLog();
    const wrong = edited('kind: PERMISSION }', 'kind: PERMISSION, effectiveUntil: 2019 }');
    expect((await record(hands, wrong)).problems).toEqual([
      {
        line: place('PERMISSION').line,
        column: (wrong.split('\n')[place('PERMISSION').line - 1] ?? '').indexOf('2019') + 1,
        message: expect.stringContaining('before it starts'),
      },
    ]);
  });

  it('of a retracted instrument: the file says it, the record does not', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    const away = { agreement: 'lease', target: 'instrument:raise', reason: 'r' };
    const context = { by: 'other', commandId: 'other' };
    await hands.execute(parseCommand('RetractRecord', away), context);
    expect((await record(hands, LEASE)).problems).toMatchObject([
      { ...place('raise'), message: expect.stringContaining('retracted') },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { parseCommand } from '#agreement/commands.ts';
import { byKeyOf } from './by-key.ts';
import { edited, LEASE, place } from './lease.ts';
import { count, emptyLog, record } from './recording.ts';

describe('a file that differs from the record', () => {
  const corrected = edited('amount: 110', 'amount: 115');

  it('shows each differing field with its place, and nothing is recorded', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    const grown = corrected.replace(
      'tags:\n',
      'tags:\n  - { tag: new, effectiveOn: 2021-01-01 }\n',
    );
    const report = await record(hands, grown);
    expect(report).toMatchObject({ recorded: [], problems: [] });
    expect(report.differences).toEqual([
      {
        ...place('110'),
        what: 'instrument raise',
        of: 'change:raise/amendTerm:rent',
        field: 'values.facts.monthly.money.amount',
        recorded: '110',
        given: '115',
        message: expect.stringContaining('recorded "110", given "115"'),
      },
    ]);
    expect(await count(hands)).toBe(11);
  });

  it('with a reason is recorded as a correction, and then is what the record says', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    expect((await record(hands, corrected, 'misread')).recorded).toEqual([
      { what: 'instrument raise', events: 1 },
    ]);
    expect(await record(hands, corrected)).toMatchObject({ recorded: [], unchanged: 8 });
    expect((await record(hands, LEASE)).differences.length).toBe(1);
  });

  it('may be corrected to and fro: no correction is taken for the echo of an earlier one', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    for (const text of [corrected, LEASE, corrected, LEASE]) {
      expect((await record(hands, text, 'misread')).recorded.length).toBe(1);
    }
    expect((await record(hands, LEASE)).unchanged).toBe(8);
  });

  it('in its coverage states the new one, to and fro', async () => {
    const hands = await emptyLog();
    const longer = edited('observedThrough: 2022-12-31', 'observedThrough: 2023-12-31');
    for (const text of [LEASE, longer, LEASE, longer]) await record(hands, text);
    expect(await count(hands)).toBe(14);
  });

  it('in an edited resolution shows it, and corrects it with a reason', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    const partly = edited('outcome: REFUTED', 'outcome: PARTLY');
    const report = await record(hands, partly);
    expect(report.differences).toMatchObject([
      { what: 'resolution of end', field: 'outcome', recorded: 'REFUTED', given: 'PARTLY' },
    ]);
    await record(hands, partly, 'misread');
    expect((await hands.history('lease')).at(-1)?.type).toBe('RecordCorrected');
    expect(await record(hands, partly)).toMatchObject({ recorded: [], unchanged: 8 });
  });

  it('a second assessment by somebody else is no edit', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    const more = edited(
      'resolutions:',
      '  - { claimId: end, stance: CORROBORATED, by: tenant, on: 2021-06-02 }\nresolutions:',
    );
    expect((await record(hands, more)).recorded).toEqual([
      { what: 'assessment of end', events: 1 },
    ]);
  });
});

describe('a file that corrects and retracts what it records itself', () => {
  const OWN = `${LEASE}
corrections:
  - target: change:raise/amendTerm:rent
    data: { changeId: "raise/amendTerm:rent", instrumentId: raise, termId: rent, values: { facts: { monthly: { amount: 112, currency: EUR } } } }
    reason: the paper says 112
  - target: change:raise/amendTerm:rent
    data: { changeId: "raise/amendTerm:rent", instrumentId: raise, termId: rent, values: { facts: { monthly: { amount: 111, currency: EUR } } } }
    reason: the second page says 111
  - target: agreement
    data: { agreementId: lease, title: Lease of the old mill, timeZone: Europe/Vienna, parties: [{ partyId: landlord, name: Landlord }, { partyId: tenant, name: Tenant }] }
    reason: the title was cut
retractions:
  - { target: "change:original/addTerm:sublet", reason: never was }
  - { target: "claim:end/RUMOURED", reason: never said }
`;

  it('records the same the second time', async () => {
    const hands = await emptyLog();
    expect((await record(hands, OWN)).problems).toEqual([]);
    expect(await count(hands)).toBe(16);
    expect(await record(hands, OWN)).toMatchObject({
      recorded: [],
      unchanged: 13,
      differences: [],
      problems: [],
    });
    expect(await count(hands)).toBe(16);
  });

  it('appends its corrections when they come later than what they correct', async () => {
    const hands = await emptyLog();
    await record(hands, LEASE);
    const first = OWN.replace(/ {2}- target: agreement[\s\S]*?was cut\n/, '');
    expect((await record(hands, first)).recorded.length).toBe(4);
    expect((await record(hands, OWN)).recorded).toEqual([
      { what: 'correction of agreement', events: 1 },
    ]);
    expect(await count(hands)).toBe(16);
  });

  it('shows a correction that somebody else made since', async () => {
    const hands = await emptyLog();
    await record(hands, OWN);
    const other = OWN.replace('amount: 111', 'amount: 119');
    await record(hands, other, 'misread');
    const report = await record(hands, OWN);
    expect(report.differences[0]).toMatchObject({
      of: 'change:raise/amendTerm:rent',
      recorded: '119',
      given: '111',
    });
    await record(hands, OWN, 'it is 111 after all');
    const said = await byKeyOf(hands, 'lease');
    expect(said('change:raise/amendTerm:rent')).toMatchObject({
      values: { facts: { monthly: { money: { amount: '111' } } } },
    });
    expect((await record(hands, OWN)).recorded).toEqual([]);
  });

  it('shows what somebody else gave back since', async () => {
    const hands = await emptyLog();
    await record(hands, OWN);
    const history = await hands.history('lease');
    const retraction = history.find(({ type }) => type === 'RecordRetracted');
    const back = { agreement: 'lease', target: retraction?.id, reason: 'it was' };
    const context = { by: 'other', commandId: 'other' };
    await hands.execute(parseCommand('RetractRecord', back), context);
    expect((await record(hands, OWN)).differences).toMatchObject([
      { what: 'retraction of change:original/addTerm:sublet' },
    ]);
  });
});

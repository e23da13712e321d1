import { describe, expect, test } from 'vitest';
import { by, deal, FIRST } from './deal.ts';

const notice = (days: string) => ({
  termId: 'notice',
  kind: 'NOTICE',
  prose: `Notice is given ${days} days before.`,
  facts: { period: { quantity: { value: days, unit: 'days' } } },
});

describe('over effective days', () => {
  test('E1: a change that took effect and another that prevailed over it', () => {
    const price = (amount: string) => ({
      facts: { price: { money: { amount, currency: 'USD' } } },
    });
    const lease = deal(
      by('TermAdded', 'c1', {
        termId: 'price',
        kind: 'PRICE',
        ...price('100'),
        effectiveFrom: '2025-02-01',
      }),
      by('TermAmended', 'c2', {
        termId: 'price',
        values: price('120'),
        executedAt: '2025-03-01',
        effectiveFrom: '2026-01-01',
      }),
      by('TermAmended', 'c3', {
        termId: 'price',
        values: price('90'),
        executedAt: '2025-06-15',
        effectiveFrom: '2025-07-01',
      }),
    );
    const [entry, ...more] = lease.entries({ on: '2025-03-15' }, { on: '2026-02-01' });
    expect(entry).toMatchObject({
      kind: 'AMENDED',
      facts: [{ name: 'price', delta: { money: { amount: '20', currency: 'USD' } } }],
      material: [{ flag: 'NUMBER' }, { flag: 'MONEY' }],
      causedBy: ['c3', 'c2'],
    });
    expect(more).toEqual([]);
  });

  test('E6: an end in the first quarter first casts a doubt, then the term has expired', () => {
    const lease = deal(
      by('TermAdded', 'c1', {
        ...notice('60'),
        effectiveFrom: '2020-01-01',
        effectiveUntil: '2025-33',
      }),
    );
    expect(lease.between('2024-12-31', '2025-02-10')).toEqual([
      expect.stringMatching(/^STANDING_CHANGED/),
    ]);
    expect(lease.entries({ on: '2024-12-31' }, { on: '2025-04-01' })).toMatchObject([
      { kind: 'STANDING_CHANGED', standing: { old: 'IN_FORCE', new: 'EXPIRED' }, causedBy: ['c1'] },
    ]);
  });

  test('E7: a term that gave way to another is one REPLACED entry', () => {
    const lease = deal(
      by('TermAdded', 'c1', {
        termId: 'exclusivity',
        kind: 'EXCLUSIVITY',
        prose: 'Only the tenant.',
      }),
      by('TermAdded', 'c2', notice('60')),
      by('TermsReplaced', 'c3', {
        from: ['exclusivity'],
        to: [{ termId: 'rofr', kind: 'RIGHT_OF_FIRST_REFUSAL', prose: 'First the tenant.' }],
        effectiveFrom: '2025-01-21',
      }),
    );
    expect(lease.entries({ on: '2025-01-20' }, { on: '2025-01-21' })).toMatchObject([
      {
        kind: 'REPLACED',
        matchedBy: 'LINEAGE',
        from: [{ termId: 'exclusivity' }],
        to: [{ termId: 'rofr' }],
        causedBy: ['c3'],
        material: [{ flag: 'EXCLUSIVITY' }],
      },
    ]);
  });

  test('E8: a waiver that comes, the amendment beneath it, and its end', () => {
    const lease = deal(
      by('TermAdded', 'c1', { termId: 'cap', kind: 'CAP', prose: '3.0x' }),
      by('OverlayApplied', 'w', {
        overlayId: 'waiver',
        kind: 'WAIVER',
        terms: ['cap'],
        effectiveFrom: '2025-04-01',
        effectiveUntil: '2025-10-01',
      }),
      by('TermAmended', 'c2', {
        termId: 'cap',
        values: { prose: '3.5x' },
        effectiveFrom: '2025-06-01',
      }),
    );
    expect(lease.between('2025-03-31', '2025-05-15')).toEqual(['SUSPENDED cap>cap']);
    expect(lease.between('2025-05-15', '2025-07-15')).toEqual(['AMENDED cap>cap']);
    expect(lease.between('2025-05-15', '2025-10-01')).toEqual([
      'AMENDED cap>cap',
      'RESUMED cap>cap',
    ]);
    expect(lease.between('2025-03-31', '2025-10-01')).toEqual(['AMENDED cap>cap']);
  });

  test('a termination changes the standing of the agreement and of every term that does not survive', () => {
    const lease = deal(
      by('TermAdded', 'c1', notice('60')),
      by('TermAdded', 'c2', { termId: 'secrecy', kind: 'SECRECY' }),
      by('AgreementTerminated', 'end', { survives: ['secrecy'], effectiveFrom: '2025-06-01' }),
    );
    expect(lease.entries({ on: '2025-05-31' }, { on: '2025-06-01' })).toMatchObject([
      { kind: 'STANDING_CHANGED', from: [], standing: { new: 'TERMINATED' }, causedBy: ['end'] },
      { kind: 'STANDING_CHANGED', from: [{ termId: 'notice' }], causedBy: ['end'] },
    ]);
  });
});

describe('over knowledge', () => {
  const CORRECTED = deal(by('TermAdded', 'c1', notice('30')), {
    type: 'RecordCorrected',
    data: {
      target: `e${FIRST}`,
      reason: 'a slip of ours',
      data: { changeId: 'c1', instrumentId: 'paper', ...notice('60') },
    },
  });

  test('E3: between two days a correction is no difference', () => {
    expect(CORRECTED.between('2021-01-01', '2025-01-01')).toEqual([]);
  });

  test('E3: between two states of knowledge it is 30 → 60, CORRECTED', () => {
    const on = '2025-01-01';
    expect(CORRECTED.entries({ on, position: FIRST }, { on })).toMatchObject([
      {
        kind: 'CORRECTED',
        effect: 'AMENDED',
        facts: [{ name: 'period', delta: { quantity: { value: '30', unit: 'days' } } }],
        causedBy: ['c1'],
        revisions: [{ how: 'CORRECTED', by: `e${FIRST + 1}` }],
      },
    ]);
  });

  test('an amendment found out late is an amendment', () => {
    const lease = deal(
      by('TermAdded', 'c1', notice('60')),
      by('TermAmended', 'c2', { termId: 'notice', values: { prose: 'Notice is given.' } }),
    );
    const on = '2025-01-01';
    expect(lease.entries({ on, position: FIRST }, { on })).toMatchObject([
      { kind: 'AMENDED', causedBy: ['c2'], revisions: [] },
    ]);
  });

  test('a removal that was retracted brings the term back as CORRECTED', () => {
    const lease = deal(
      by('TermAdded', 'c1', notice('60')),
      by('TermAdded', 'c2', { termId: 'rent', kind: 'RENT' }),
      by('TermRemoved', 'c3', { termId: 'notice' }),
      { type: 'RecordRetracted', data: { target: `e${FIRST + 2}`, reason: 'not so' } },
    );
    const on = '2025-01-01';
    expect(lease.entries({ on, position: FIRST + 2 }, { on })).toMatchObject([
      {
        kind: 'CORRECTED',
        effect: 'ADDED',
        to: [{ termId: 'notice' }],
        causedBy: ['c3'],
        revisions: [{ how: 'RETRACTED' }],
      },
    ]);
  });

  test('on both axes at once the entries are told apart', () => {
    const lease = deal(
      by('TermAdded', 'c1', notice('30')),
      by('TermAdded', 'c2', { termId: 'rent', kind: 'RENT', prose: 'Rent is 5.' }),
      by('TermAmended', 'c3', {
        termId: 'rent',
        values: { prose: 'Rent is 6.' },
        effectiveFrom: '2025-06-01',
      }),
      {
        type: 'RecordCorrected',
        data: {
          target: `e${FIRST}`,
          reason: 'a slip of ours',
          data: { changeId: 'c1', instrumentId: 'paper', ...notice('60') },
        },
      },
    );
    const found = lease.entries({ on: '2025-01-01', position: FIRST + 2 }, { on: '2025-07-01' });
    expect(found.map(({ kind, to }) => [kind, to[0]?.termId])).toEqual([
      ['CORRECTED', 'notice'],
      ['AMENDED', 'rent'],
    ]);
  });
});

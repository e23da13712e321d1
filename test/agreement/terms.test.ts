import { describe, it } from 'vitest';
import { LEASE, ORIGINAL, paper, RENT, raise } from './facts.ts';
import { given } from './given.ts';

const past = [LEASE, ORIGINAL];
const fee = { termId: 'fee', kind: 'PAYMENT' };

describe('a change to a term', () => {
  it('needs something that brings the term in', () => {
    given(...past)
      .when(paper('a', [{ removeTerm: { termId: 'garden' } }]))
      .rejectsAt('NoSuchTerm', ['changes', 0, 'removeTerm', 'termId']);
  });

  it('may act on a term that the same paper brings in, before or after it', () => {
    given(LEASE)
      .when(paper('a', [raise('110'), { addTerm: { ...RENT } }]))
      .accepts('InstrumentRecorded', 'TermAmended', 'TermAdded');
  });

  it('can not start before anything could have brought the term in', () => {
    given(...past)
      .when(paper('a', [raise('110')], { executedAt: '2019-12-31' }))
      .rejectsAt('NoSuchTerm', ['changes', 0, 'amendTerm', 'termId']);
  });

  it('may start on the day the term comes in, or when either day is uncertain', () => {
    given(...past)
      .when(paper('a', [raise('110')], { executedAt: '2020-01-01' }))
      .accepts('InstrumentRecorded', 'TermAmended');
    given(...past)
      .when(paper('a', [raise('110')], { executedAt: '2019-12~' }))
      .accepts('InstrumentRecorded', 'TermAmended');
    given(...past)
      .when(paper('a', [raise('110')], { executedAt: 'unknown' }))
      .accepts('InstrumentRecorded', 'TermAmended');
  });

  it('may start early when the term came in early in any knowledge, a corrected one included', () => {
    const early = {
      type: 'CorrectRecord',
      target: 'instrument:original',
      data: {
        instrumentId: 'original',
        kind: 'ORIGINAL',
        title: 'o',
        executedAt: '2015-01-01',
        sources: [],
      },
      reason: 'older than we thought',
    } as const;
    const back = {
      type: 'RetractRecord',
      target: 'correction:instrument:original/c3',
      reason: 'no',
    } as const;
    given(...past, early, back)
      .when(paper('a', [raise('110')], { executedAt: '2016-01-01' }))
      .accepts('InstrumentRecorded', 'TermAmended');
  });

  it('waits with its conditions and so may come any day', () => {
    given(...past)
      .when(
        paper('a', [raise('110')], {
          executedAt: '2019-01-01',
          effectiveFrom: { onConditions: [{ conditionId: 'permit' }] },
        }),
      )
      .accepts('InstrumentRecorded', 'TermAmended');
  });

  it('may be retroactive, out of order and contradictory: that is for the readings to report', () => {
    given(...past, paper('a', [raise('110')], { executedAt: '2024-01-01' }))
      .when(
        paper('b', [raise('90'), { removeTerm: { termId: 'rent' } }], { executedAt: '2022-01-01' }),
      )
      .accepts('InstrumentRecorded', 'TermAmended', 'TermRemoved');
    given(...past)
      .when(paper('c', [{ addTerm: { ...RENT } }]))
      .accepts('InstrumentRecorded', 'TermAdded');
  });
});

describe('an end', () => {
  it('does not come before its start, whichever of the dates is uncertain', () => {
    const until = (effectiveUntil: string, executedAt = '2020-06-15') =>
      given(...past).when(
        paper(
          'a',
          [{ applyOverlay: { overlayId: 'o', kind: 'WAIVER', terms: ['rent'], effectiveUntil } }],
          {
            executedAt,
          },
        ),
      );
    until('2020-06-14').rejectsAt('EndsBeforeStart', [
      'changes',
      0,
      'applyOverlay',
      'effectiveUntil',
    ]);
    until('2020-06').accepts('InstrumentRecorded', 'OverlayApplied');
    until('2020-05').rejects('EndsBeforeStart');
    until('2020-06-14', '2020-06').accepts('InstrumentRecorded', 'OverlayApplied');
    until('unknown').accepts('InstrumentRecorded', 'OverlayApplied');
  });

  it('is held against the day of an announcement in the zone of the agreement', () => {
    const announced = (announcedAt: string) =>
      given(...past).when({
        type: 'RecordInstrument',
        instrument: { id: 'a', kind: 'NOTICE', title: 'a', announcedAt },
        changes: [{ affirmTerms: { effectiveUntil: '2020-06-14' } }],
      });
    announced('2020-06-14T21:59:00Z').accepts('InstrumentRecorded', 'TermsAffirmed');
    announced('2020-06-14T22:00:00Z').rejects('EndsBeforeStart');
  });
});

describe('lineage', () => {
  const to = (id: string) => [{ termId: id, kind: 'PAYMENT' }];

  it('does not loop, within one change, one paper or over several', () => {
    given(...past)
      .when(paper('a', [{ replaceTerms: { from: ['rent'], to: to('rent') } }]))
      .rejectsAt('LineageLoops', ['changes', 0, 'replaceTerms', 'to']);
    given(...past, paper('a', [{ replaceTerms: { from: ['rent'], to: to('fee') } }]))
      .when(paper('b', [{ replaceTerms: { from: ['fee'], to: to('rent') } }]))
      .rejects('LineageLoops');
    given(...past, paper('a', [{ replaceTerms: { from: ['rent'], to: to('fee') } }]))
      .when(
        paper('b', [
          {
            restateAgreement: { terms: to('rent'), mapping: [{ from: 'fee', to: 'rent' }] },
          },
        ]),
      )
      .rejects('LineageLoops');
  });

  it('may close once the arrow that would close it is retracted', () => {
    given(...past, paper('a', [{ replaceTerms: { from: ['rent'], to: to('fee') } }]), {
      type: 'RetractRecord',
      target: 'change:a/replaceTerms:rent',
      reason: 'r',
    })
      .when(paper('b', [{ replaceTerms: { from: ['fee'], to: to('rent') } }]))
      .accepts('InstrumentRecorded', 'TermsReplaced');
  });

  it('a restatement may keep an id: the new value takes its place', () => {
    given(...past)
      .when(
        paper('a', [
          { restateAgreement: { terms: [{ ...RENT }], mapping: [{ from: 'rent', to: 'rent' }] } },
        ]),
      )
      .accepts('InstrumentRecorded', 'AgreementRestated');
  });

  it('a term is stated once by one change', () => {
    given(...past)
      .when(paper('a', [{ replaceTerms: { from: ['rent'], to: [fee, fee] } }]))
      .rejectsAt('TermTwice', ['changes', 0, 'replaceTerms', 'to', 1]);
    given(...past)
      .when(paper('a', [{ restateAgreement: { terms: [fee, fee], mapping: [] } }]))
      .rejectsAt('TermTwice', ['changes', 0, 'restateAgreement', 'terms', 1]);
  });

  it('a restatement maps only terms that were there without it, to terms it states or finds', () => {
    given(...past)
      .when(
        paper('a', [{ restateAgreement: { terms: [fee], mapping: [{ from: 'fee', to: 'fee' }] } }]),
      )
      .rejectsAt('NoSuchTerm', ['changes', 0, 'restateAgreement', 'mapping', 0, 'from']);
    given(...past)
      .when(
        paper('a', [{ restateAgreement: { terms: [], mapping: [{ from: 'rent', to: 'fee' }] } }]),
      )
      .rejectsAt('NoSuchTerm', ['changes', 0, 'restateAgreement', 'mapping', 0, 'to']);
  });
});

describe('a change that changes nothing', () => {
  it('is refused where one change alone ever touched the term and says the same', () => {
    given(...past)
      .when(paper('a', [raise('100.0')]))
      .rejects('NothingChanged');
    given(...past)
      .when(paper('a', [raise('100')]))
      .rejectsAt('NothingChanged', ['changes', 0, 'amendTerm']);
    given(...past)
      .when(paper('a', [{ amendTerm: { termId: 'rent', values: { number: null } } }]))
      .rejects('NothingChanged');
  });

  it('passes where anything else may lie in between', () => {
    given(...past, paper('a', [raise('110')]))
      .when(paper('b', [raise('100')]))
      .accepts('InstrumentRecorded', 'TermAmended');
  });

  it('is refused of the whole agreement', () => {
    given(...past)
      .when(paper('a', [{ amendAgreement: {} }]))
      .rejects('NothingChanged');
    given(...past)
      .when(paper('a', [{ amendAgreement: { endsOn: null } }]))
      .accepts('InstrumentRecorded', 'AgreementAmended');
    given(...past)
      .when(paper('a', [{ restateAgreement: { terms: [], mapping: [] } }]))
      .rejects('NothingChanged');
  });
});

import { describe, expect, it } from 'vitest';
import { LEASE, ORIGINAL, paper, RENT, raise } from './facts.ts';
import { given, stateAfter } from './given.ts';

describe('one paper, one append', () => {
  it('becomes its instrument and one event per change, in order', () => {
    given(LEASE)
      .when(paper('first', [{ addTerm: { ...RENT } }, { removeTerm: { termId: 'rent' } }]))
      .records(
        {
          type: 'InstrumentRecorded',
          data: {
            instrumentId: 'first',
            kind: 'AMENDMENT',
            title: 'first',
            executedAt: '2020-01-01',
            sources: [],
          },
        },
        {
          type: 'TermAdded',
          data: { changeId: 'first/addTerm:rent', instrumentId: 'first', ...RENT },
        },
        {
          type: 'TermRemoved',
          data: { changeId: 'first/removeTerm:rent', instrumentId: 'first', termId: 'rent' },
        },
      );
  });

  it('needs its agreement', () => {
    given().when(paper('first', [])).rejectsAt('AgreementNotRecorded', ['agreement']);
  });

  it('names everything in the way, each with its place', () => {
    const { rejections } = given(LEASE, ORIGINAL).when(
      paper('first', [
        { removeTerm: { termId: 'rant' } },
        { leaveParty: { partyId: 'guest' } },
        { removeTerm: { termId: 'rent', effectiveUntil: '2019-12-31' } },
      ]),
    );
    expect(rejections.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['NoSuchTerm', 'changes.0.removeTerm.termId'],
      ['UnknownParty', 'changes.1.leaveParty.partyId'],
      ['EndsBeforeStart', 'changes.2.removeTerm.effectiveUntil'],
    ]);
    expect(rejections[0]?.message).toContain('Did you mean rent?');
  });
});

describe('default change ids', () => {
  it('count on where the same verb names the same thing again', () => {
    const state = stateAfter(
      LEASE,
      ORIGINAL,
      paper('a', [raise('110'), raise('120'), raise('130')]),
    );
    const ids = (state.changesOf.get('a') ?? []).map(({ key }) => key);
    expect(ids).toEqual([
      'change:a/amendTerm:rent',
      'change:a/amendTerm:rent/2',
      'change:a/amendTerm:rent/3',
    ]);
  });

  it('step aside for an id that another change of the paper states', () => {
    const { amendTerm } = raise('110');
    given(LEASE, ORIGINAL)
      .when(
        paper('a', [
          raise('110'),
          { removeTerm: { termId: 'rent', changeId: 'a/amendTerm:rent' } },
          { amendTerm: { ...amendTerm, changeId: 'a/x' } },
        ]),
      )
      .accepts('InstrumentRecorded', 'TermAmended', 'TermRemoved', 'TermAmended');
  });

  it('are made of the first thing named: term, consent, overlay, condition, party, target; or the verb alone', () => {
    const changes = [
      { replaceTerms: { from: ['rent'], to: [{ termId: 'fee', kind: 'PAYMENT' }] } },
      { grantConsent: { consentId: 'cats', by: 'landlord', to: ['tenant'], subject: 'cats' } },
      { applyOverlay: { overlayId: 'pause', kind: 'WAIVER' as const, terms: ['fee'] } },
      { liftOverlay: { overlayId: 'pause' } },
      { joinParty: { partyId: 'guest', name: 'Guest' } },
      { voidChange: { target: 'original/addTerm:sublet', abInitio: true } },
      { affirmTerms: {} },
      { terminateAgreement: { survives: ['fee'] } },
    ];
    const state = stateAfter(LEASE, ORIGINAL, paper('a', changes));
    expect(
      (state.changesOf.get('a') ?? []).map(({ key }) => key.slice('change:a/'.length)),
    ).toEqual([
      'replaceTerms:rent',
      'grantConsent:cats',
      'applyOverlay:fee',
      'liftOverlay:pause',
      'joinParty:guest',
      'voidChange:original/addTerm:sublet',
      'affirmTerms',
      'terminateAgreement:fee',
    ]);
  });

  it('may be chosen, but not twice', () => {
    const { amendTerm } = raise('110');
    given(LEASE, ORIGINAL, paper('a', [{ amendTerm: { ...amendTerm, changeId: 'raise' } }]))
      .when(paper('b', [{ amendTerm: { ...amendTerm, changeId: 'raise' } }]))
      .rejectsAt('ChangeIdTaken', ['changes', 0, 'amendTerm', 'changeId']);
    given(LEASE, ORIGINAL)
      .when(
        paper('a', [
          { amendTerm: { ...amendTerm, changeId: 'x' } },
          { removeTerm: { termId: 'rent', changeId: 'x' } },
        ]),
      )
      .rejectsAt('ChangeIdTaken', ['changes', 1, 'removeTerm', 'changeId']);
  });
});

describe('recording a paper again', () => {
  const first = paper('first', [raise('110')]);

  it('changes nothing when it says the same, in whatever order of keys', () => {
    given(LEASE, ORIGINAL, first).when(first).records();
  });

  it('is refused with the differences when it says something else', () => {
    const { rejections } = given(LEASE, ORIGINAL, first).when(
      paper('first', [raise('120'), { removeTerm: { termId: 'sublet' } }], { title: 'First' }),
    );
    expect(rejections.map(({ code }) => code)).toEqual(['InstrumentDiffers']);
    expect(rejections[0]?.details['differences']).toMatchObject([
      { of: 'instrument:first', field: 'title', recorded: 'first', given: 'First' },
      {
        of: 'change:first/amendTerm:rent',
        field: 'values.facts.monthly.money.amount',
        recorded: '110',
        given: '120',
        path: ['changes', 0, 'amendTerm', 'values', 'facts', 'monthly', 'money', 'amount'],
      },
      { of: 'change:first/removeTerm:sublet', field: '' },
    ]);
  });

  it('with a reason corrects what differs, adds what is new and retracts what is missing', () => {
    given(LEASE, ORIGINAL, paper('first', [raise('110'), { removeTerm: { termId: 'sublet' } }]))
      .when(paper('first', [raise('120'), { affirmTerms: {} }], { correct: 'misread' }))
      .records(
        {
          type: 'RecordCorrected',
          data: {
            target: 'change:first/amendTerm:rent',
            data: {
              changeId: 'first/amendTerm:rent',
              instrumentId: 'first',
              ...raise('120').amendTerm,
            },
            reason: 'misread',
          },
        },
        {
          type: 'TermsAffirmed',
          data: { changeId: 'first/affirmTerms', instrumentId: 'first' },
        },
        {
          type: 'RecordRetracted',
          data: { target: 'change:first/removeTerm:sublet', reason: 'misread' },
        },
      );
  });

  it('compares with what the record says now, corrections included', () => {
    const corrected = paper('first', [raise('120')], { correct: 'misread' });
    given(LEASE, ORIGINAL, first, corrected)
      .when(paper('first', [raise('120')]))
      .records();
    given(LEASE, ORIGINAL, first, corrected).when(first).rejects('InstrumentDiffers');
  });

  it('gives a retracted change back when the reason says so', () => {
    const retracted = {
      type: 'RetractRecord',
      target: 'change:first/amendTerm:rent',
      reason: 'r',
    } as const;
    const past = [LEASE, ORIGINAL, first, retracted];
    given(...past)
      .when(first)
      .rejects('InstrumentDiffers');
    given(...past)
      .when({ ...first, correct: 'it was there' })
      .records({
        type: 'RecordRetracted',
        data: { target: 'retraction:change:first/amendTerm:rent/c4', reason: 'it was there' },
      });
  });

  it('is refused while the instrument is retracted, and named what to retract', () => {
    const { rejections } = given(LEASE, ORIGINAL, first, {
      type: 'RetractRecord',
      target: 'instrument:first',
      reason: 'r',
    }).when(first);
    expect(rejections.map(({ code }) => code)).toEqual(['InstrumentRetracted']);
    expect(rejections[0]?.message).toContain('retraction:instrument:first/c4');
  });

  it('a change can not become one of another kind under the same id', () => {
    given(LEASE, ORIGINAL, paper('a', [{ removeTerm: { termId: 'rent', changeId: 'x' } }]))
      .when(paper('a', [{ affirmTerms: { changeId: 'x' } }], { correct: 'r' }))
      .rejects('ChangeIdTaken');
  });
});

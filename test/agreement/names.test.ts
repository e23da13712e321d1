import { describe, it } from 'vitest';
import { LEASE, ORIGINAL, paper, raise } from './facts.ts';
import { given } from './given.ts';

const past = [LEASE, ORIGINAL];
const consent = { consentId: 'cats', by: 'landlord', to: ['tenant'], subject: 'cats' };
const waiting = paper('a', [raise('110')], {
  effectiveFrom: { onConditions: [{ conditionId: 'permit' }] },
});
const resolve = (outcome: string) => ({ resolveCondition: { conditionId: 'permit', outcome } });

describe('parties', () => {
  it('are known from the outset, by joining or by succession, also within one paper', () => {
    given(...past)
      .when(
        paper('a', [
          { leaveParty: { partyId: 'guest' } },
          { joinParty: { partyId: 'guest', name: 'Guest' } },
          { grantConsent: { ...consent, to: ['heir'] } },
          {
            succeedParty: {
              partyId: 'tenant',
              by: { partyId: 'heir', name: 'Heir' },
              kind: 'MERGED',
            },
          },
        ]),
      )
      .accepts(
        'InstrumentRecorded',
        'PartyLeft',
        'PartyJoined',
        'ConsentGranted',
        'PartySucceeded',
      );
  });

  it('are refused when nobody is called so', () => {
    given(...past)
      .when(paper('a', [{ grantConsent: { ...consent, by: 'owner', to: ['tenant', 'dog'] } }]))
      .rejects('UnknownParty', 'UnknownParty');
    given(...past)
      .when(
        paper('a', [
          {
            applyOverlay: {
              overlayId: 'o',
              kind: 'SIDE_LETTER',
              terms: ['rent'],
              between: ['dog'],
            },
          },
        ]),
      )
      .rejectsAt('UnknownParty', ['changes', 0, 'applyOverlay', 'between', 0]);
  });

  it('each have an id of their own at the outset', () => {
    given()
      .when({
        ...LEASE,
        parties: [
          { partyId: 'p', name: 'A' },
          { partyId: 'p', name: 'B' },
        ],
      } as typeof LEASE)
      .rejectsAt('PartyTwice', ['parties', 1, 'partyId']);
  });
});

describe('consents and overlays', () => {
  it('can be ended only when they were ever given', () => {
    given(...past)
      .when(
        paper('a', [{ revokeConsent: { consentId: 'cats' } }, { liftOverlay: { overlayId: 'o' } }]),
      )
      .rejects('UnknownConsent', 'UnknownOverlay');
    given(...past, paper('a', [{ grantConsent: consent }]))
      .when(paper('b', [{ revokeConsent: { consentId: 'cats' } }]))
      .accepts('InstrumentRecorded', 'ConsentRevoked');
  });
});

describe('a condition', () => {
  it('can be resolved only when something waits for it', () => {
    given(...past)
      .when(paper('b', [resolve('SATISFIED')]))
      .rejectsAt('UnknownCondition', ['changes', 0, 'resolveCondition', 'conditionId']);
    given(...past, waiting)
      .when(paper('b', [resolve('SATISFIED')]))
      .accepts('InstrumentRecorded', 'ConditionResolved');
  });

  it('is resolved once', () => {
    given(...past, waiting, paper('b', [resolve('FAILED')]))
      .when(paper('c', [resolve('SATISFIED')]))
      .rejects('ConditionAlreadyResolved');
    given(...past, waiting)
      .when(paper('b', [resolve('FAILED'), resolve('FAILED')]))
      .rejects('ConditionAlreadyResolved', 'ConditionAlreadyResolved');
  });

  it('is open again when its resolution was retracted, and may be corrected', () => {
    const away = {
      type: 'RetractRecord',
      target: 'change:b/resolveCondition:permit',
      reason: 'r',
    } as const;
    given(...past, waiting, paper('b', [resolve('FAILED')]), away)
      .when(paper('c', [resolve('SATISFIED')]))
      .accepts('InstrumentRecorded', 'ConditionResolved');
    given(...past, waiting, paper('b', [resolve('FAILED')]))
      .when(paper('b', [resolve('SATISFIED')], { correct: 'misread' }))
      .accepts('RecordCorrected');
  });

  it('may be resolved by another change of the paper when that correction drops the first', () => {
    const other = {
      resolveCondition: { ...resolve('SATISFIED').resolveCondition, changeId: 'other' },
    };
    given(...past, waiting, paper('b', [resolve('FAILED')]))
      .when(paper('b', [other], { correct: 'misread' }))
      .accepts('ConditionResolved', 'RecordRetracted');
  });

  it('is never voided or displaced', () => {
    const target = 'b/resolveCondition:permit';
    given(...past, waiting, paper('b', [resolve('FAILED')]))
      .when(
        paper('c', [
          { voidChange: { target, abInitio: true } },
          { affirmTerms: { displaces: [target] } },
        ]),
      )
      .rejects('ConditionNotVoidable', 'ConditionNotVoidable');
  });
});

describe('targets among changes', () => {
  it('are there, in the record or in the same paper', () => {
    given(...past)
      .when(paper('a', [{ voidChange: { target: 'original/addTerm:rant', abInitio: false } }]))
      .rejectsAt('NoSuchTarget', ['changes', 0, 'voidChange', 'target']);
    given(...past)
      .when(
        paper('a', [raise('110'), { voidChange: { target: 'a/amendTerm:rent', abInitio: false } }]),
      )
      .accepts('InstrumentRecorded', 'TermAmended', 'ChangeVoided');
    given(...past)
      .when(paper('a', [{ affirmTerms: { displaces: ['nothing'] } }]))
      .rejectsAt('NoSuchChange', ['changes', 0, 'affirmTerms', 'displaces', 0]);
  });

  it('a rectification points to what stated the term', () => {
    const rectify = (target: string) =>
      given(...past).when(
        paper('a', [{ rectifyTerm: { termId: 'rent', values: { heading: 'Rent' }, target } }]),
      );
    rectify('original/addTerm:rent').accepts('InstrumentRecorded', 'TermRectified');
    rectify('original/addTerm:sublet').rejectsAt('TargetElsewhere', [
      'changes',
      0,
      'rectifyTerm',
      'target',
    ]);
    rectify('nowhere').rejects('NoSuchTarget');
  });

  it('do not take the place of one another in a ring', () => {
    const one = { amendTerm: { ...raise('110').amendTerm, changeId: 'one', displaces: ['two'] } };
    const two = { amendTerm: { ...raise('120').amendTerm, changeId: 'two', displaces: ['one'] } };
    given(...past)
      .when(paper('a', [one, two]))
      .rejects('DisplacementLoops', 'DisplacementLoops');
    const voiding = { voidChange: { target: 'one', abInitio: true, changeId: 'two' } };
    given(...past)
      .when(paper('a', [one, voiding]))
      .rejects('DisplacementLoops', 'DisplacementLoops');
    given(...past)
      .when(paper('a', [{ affirmTerms: { changeId: 'x', displaces: ['x'] } }]))
      .rejectsAt('DisplacementLoops', ['changes', 0, 'affirmTerms', 'displaces']);
    const slip = (changeId: string, target: string) => ({
      rectifyTerm: { termId: 'rent', values: { heading: 'R' }, changeId, target },
    });
    given(...past)
      .when(paper('a', [slip('x', 'y'), slip('y', 'x')]))
      .rejects('RectificationLoops', 'RectificationLoops');
  });
});

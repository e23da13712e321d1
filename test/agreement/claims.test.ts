import { describe, it } from 'vitest';
import { LEASE, ORIGINAL } from './facts.ts';
import { given, type Wish } from './given.ts';

const past = [LEASE, ORIGINAL];
const RUMOUR: Extract<Wish, { type: 'ReportClaim' }> = {
  type: 'ReportClaim',
  claimId: 'end-of-sublet',
  stage: 'RUMOURED',
  statement: 'The right to sublet will go.',
  by: 'Gazette',
  reportedAt: '2021-05-01',
  sources: [],
};
const DENIAL: Wish = {
  type: 'AssessClaim',
  claimId: 'end-of-sublet',
  stance: 'DENIED',
  by: 'landlord',
  on: '2021-05-02',
};

describe('a claim', () => {
  it('said again alike changes nothing, said otherwise at the same stage is refused', () => {
    given(...past, RUMOUR)
      .when(RUMOUR)
      .records();
    given(...past, RUMOUR)
      .when({ ...RUMOUR, by: 'Herald' })
      .rejectsAt('ClaimDiffers', []);
    given(...past, RUMOUR)
      .when({ ...RUMOUR, by: 'Herald', correct: 'misread' })
      .accepts('RecordCorrected');
  });

  it('may be reported at another stage', () => {
    given(...past, RUMOUR)
      .when({ ...RUMOUR, stage: 'PROPOSED' })
      .accepts('ClaimReported');
  });

  it('that was retracted is given back, not reported anew', () => {
    given(...past, RUMOUR, {
      type: 'RetractRecord',
      target: 'claim:end-of-sublet/RUMOURED',
      reason: 'r',
    })
      .when(RUMOUR)
      .rejects('ClaimRetracted');
  });

  it('speaks of terms that are known or that claims propose', () => {
    const proposal = {
      ...RUMOUR,
      claimId: 'garden',
      proposedChanges: [{ addTerm: { termId: 'garden', kind: 'USE' } }],
    };
    given(...past)
      .when({
        ...RUMOUR,
        about: ['garden'],
        proposedChanges: [{ removeTerm: { termId: 'garden' } }],
      })
      .rejects('NoSuchTerm', 'NoSuchTerm');
    given(...past, proposal)
      .when({
        ...RUMOUR,
        about: ['garden'],
        proposedChanges: [{ removeTerm: { termId: 'garden' } }],
      })
      .accepts('ClaimReported');
    given(...past, proposal)
      .when({
        type: 'RecordInstrument',
        instrument: { id: 'a', kind: 'X', title: 'a' },
        changes: [{ removeTerm: { termId: 'garden' } }],
      })
      .rejects('NoSuchTerm');
  });

  it('names instruments and parties that are known', () => {
    given(...past)
      .when({
        ...RUMOUR,
        instrumentId: 'mou',
        proposedChanges: [{ leaveParty: { partyId: 'dog' } }],
      })
      .rejects('NoSuchInstrument', 'UnknownParty');
  });
});

describe('assessments and resolutions', () => {
  it('need their claim, and changes that are there', () => {
    given(...past)
      .when(DENIAL)
      .rejectsAt('UnknownClaim', ['claimId']);
    given(...past, RUMOUR)
      .when({
        type: 'ResolveClaim',
        claimId: 'end-of-sublet',
        outcome: 'CONFIRMED',
        by: ['original/addTerm:rent', 'x'],
        on: '2022',
      })
      .rejectsAt('NoSuchChange', ['by', 1]);
  });

  it('said again alike change nothing; a second thought counts', () => {
    given(...past, RUMOUR, DENIAL)
      .when(DENIAL)
      .records();
    given(...past, RUMOUR, DENIAL)
      .when({ ...DENIAL, stance: 'CORROBORATED' } as Wish)
      .accepts('ClaimAssessed');
    given(...past, RUMOUR, DENIAL, {
      type: 'RetractRecord',
      target: 'assessment:end-of-sublet/c4',
      reason: 'r',
    })
      .when(DENIAL)
      .accepts('ClaimAssessed');
  });
});

import { describe, expect, it } from 'vitest';
import { content, isAway } from '#agreement/rule-state.ts';
import { LEASE, ORIGINAL, paper, raise } from './facts.ts';
import { given, stateAfter, type Wish } from './given.ts';

const past = [LEASE, ORIGINAL, paper('a', [raise('110')])];
const KEY = 'change:a/amendTerm:rent';
const PAYLOAD = { changeId: 'a/amendTerm:rent', instrumentId: 'a', ...raise('110').amendTerm };

const correct = (data: object, target = KEY): Wish => ({
  type: 'CorrectRecord',
  target,
  data: { ...data },
  reason: 'misread',
});
const retract = (target: string): Wish => ({ type: 'RetractRecord', target, reason: 'never was' });
const to = (amount: string) => ({ ...PAYLOAD, ...raise(amount).amendTerm });

describe('a correction', () => {
  it('carries the whole payload of an event that is there', () => {
    given(...past)
      .when(correct(to('120')))
      .records({
        type: 'RecordCorrected',
        data: { target: KEY, data: to('120'), reason: 'misread' },
      });
    given(...past)
      .when(correct(to('120'), 'change:a/amendTerm:rant'))
      .rejectsAt('NoSuchTarget', ['target']);
  });

  it('fits the schema of its target', () => {
    given(...past)
      .when(correct({ ...PAYLOAD, values: { heading: 5 } }))
      .rejects('DataDoesNotFit');
    given(...past)
      .when(correct({ effectiveFrom: 'soon' }))
      .rejects('DataDoesNotFit', 'DataDoesNotFit');
  });

  it('keeps the identity of its target', () => {
    given(...past)
      .when(correct({ ...to('120'), changeId: 'b' }))
      .rejectsAt('IdentityChanged', ['data', 'changeId']);
    given(...past)
      .when(correct({ ...to('120'), instrumentId: 'b' }))
      .rejectsAt('IdentityChanged', ['data', 'instrumentId']);
    given(...past)
      .when(correct({ ...to('120'), termId: 'garden' }))
      .rejectsAt('IdentityChanged', ['data', 'termId']);
  });

  it('may leave out what its target is known by', () => {
    const { changeId: _, instrumentId: _of, termId: _on, ...rest } = to('120');
    given(...past)
      .when(correct(rest))
      .records({
        type: 'RecordCorrected',
        data: { target: KEY, data: to('120'), reason: 'misread' },
      });
  });

  it('says nothing that a change could not say', () => {
    given(...past)
      .when(correct({ ...to('120'), displaces: ['nothing'] }))
      .rejectsAt('NoSuchChange', ['data', 'displaces', 0]);
    given(...past)
      .when(correct({ ...to('120'), effectiveUntil: '2019' }))
      .rejectsAt('EndsBeforeStart', ['data', 'effectiveUntil']);
    given(...past, paper('b', [{ affirmTerms: { effectiveUntil: '2021-01-01' } }]))
      .when(
        correct(
          { instrumentId: 'b', kind: 'NOTICE', title: 'b', executedAt: '2022-01-01', sources: [] },
          'instrument:b',
        ),
      )
      .rejects('EndsBeforeStart');
  });

  it('of nothing is refused', () => {
    given(...past)
      .when(correct(PAYLOAD))
      .rejectsAt('NothingChanged', ['data']);
    given(...past, correct(to('120')))
      .when(correct(to('120')))
      .rejects('NothingChanged');
    given(...past, correct(to('120')))
      .when(correct(PAYLOAD))
      .accepts('RecordCorrected');
  });

  it('may be corrected itself', () => {
    const target = `correction:${KEY}/c4`;
    const again = { target: KEY, data: to('130'), reason: 'misread again' };
    const state = stateAfter(...past, correct(to('120')), correct(again, target));
    const entry = state.byKey.get(KEY);
    expect(entry && content(entry).data).toEqual(to('130'));
    given(...past, correct(to('120')))
      .when(correct({ ...again, data: { ...to('130'), displaces: ['nothing'] } }, target))
      .rejectsAt('NoSuchChange', ['data', 'data', 'displaces', 0]);
  });
});

describe('a retraction', () => {
  it('needs something that is there and stands', () => {
    given(...past)
      .when(retract('instrument:nowhere'))
      .rejectsAt('NoSuchTarget', ['target']);
    given(...past, retract(KEY))
      .when(retract(KEY))
      .rejectsAt('AlreadyRetracted', ['target']);
  });

  it('of a retraction gives back; and the first may be retracted anew', () => {
    const back = retract(`retraction:${KEY}/c4`);
    const away = (...more: readonly Wish[]) => {
      const entry = stateAfter(...past, retract(KEY), ...more).byKey.get(KEY);
      return entry && isAway(entry);
    };
    expect(away()).toBe(true);
    expect(away(back)).toBe(false);
    expect(away(back, retract(KEY))).toBe(true);
    expect(away(back, retract(`retraction:retraction:${KEY}/c4/c5`))).toBe(true);
  });

  it('of the agreement leaves room for repairs only', () => {
    const gone = [...past, retract('agreement')];
    given(...gone)
      .when(paper('b', []))
      .rejectsAt('AgreementRetracted', ['agreement']);
    given(...gone)
      .when(LEASE)
      .rejects('AgreementRetracted');
    given(...gone)
      .when(retract('retraction:agreement/c4'))
      .accepts('RecordRetracted');
  });

  it('leaves what was said known: later changes may still speak of it', () => {
    given(...past, retract('change:original/addTerm:rent'))
      .when(paper('b', [raise('130')]))
      .accepts('InstrumentRecorded', 'TermAmended');
  });
});

describe('the weighing of a finding', () => {
  const weigh = (changes: readonly string[], winner?: string): Wish => ({
    type: 'ResolveConflict',
    code: 'EXECUTION_INVERSION',
    changes: [...changes],
    rationale: 'the later paper prevails',
    ...(winner === undefined ? {} : { winner }),
  });
  const one = 'original/addTerm:rent';
  const two = 'a/amendTerm:rent';

  it('names changes that are there, and its winner among them', () => {
    given(...past)
      .when(weigh([one, 'x']))
      .rejectsAt('NoSuchChange', ['changes', 1]);
    given(...past)
      .when(weigh([one], two))
      .rejectsAt('WinnerNotAmongChanges', ['winner']);
    given(...past)
      .when(weigh([one, two], two))
      .accepts('ConflictResolved');
  });

  it('changes nothing only as the last word again', () => {
    given(...past, weigh([one, two], two))
      .when(weigh([one, two], two))
      .records();
    given(...past, weigh([one, two], two), weigh([one, two], one))
      .when(weigh([one, two], two))
      .accepts('ConflictResolved');
  });
});

describe('the head, coverage and tags', () => {
  it('the head said again alike changes nothing, otherwise it is refused or corrected', () => {
    given(...past)
      .when(LEASE)
      .records();
    given(...past)
      .when({ ...LEASE, title: 'Mill' } as Wish)
      .rejectsAt('AgreementDiffers', []);
    given(...past)
      .when({ ...LEASE, title: 'Mill', correct: 'typo' } as Wish)
      .accepts('RecordCorrected');
  });

  it('coverage and its gaps do not end before they start', () => {
    const gaps = [{ from: '2020-05-01', until: '2020-04-01', reason: 'fire' }];
    const wrong = given(...past).when({
      type: 'StateCoverage',
      from: '2021-01-01',
      observedThrough: '2020-12-31',
      gaps,
    } as Wish);
    expect(wrong.rejections.map(({ code, path }) => [code, path])).toEqual([
      ['EndsBeforeStart', ['observedThrough']],
      ['EndsBeforeStart', ['gaps', 0, 'until']],
    ]);
  });

  it('coverage said again alike changes nothing; what was said before the last counts anew', () => {
    const through = (observedThrough: string) =>
      ({ type: 'StateCoverage', from: '2020-01-01', observedThrough }) as Wish;
    given(...past, through('2021-01-01'))
      .when(through('2021-01-01'))
      .records();
    given(...past, through('2021-01-01'), through('2022-01-01'))
      .when(through('2021-01-01'))
      .accepts('CoverageStated');
    given(...past, through('2021-01-01'))
      .when(retract('coverage'))
      .records({
        type: 'RecordRetracted',
        data: { target: 'coverage:c4', reason: 'never was' },
      });
  });

  it('a tag stays where it is, unless the record was wrong', () => {
    const tag = (effectiveOn: string) =>
      ({ type: 'TagPoint', tag: 'signing', effectiveOn }) as Wish;
    given(...past, tag('2020-01-01'))
      .when(tag('2020-01-01'))
      .records();
    given(...past, tag('2020-01-01'))
      .when(tag('2020-01-02'))
      .rejectsAt('TagDiffers', []);
    given(...past, tag('2020-01-01'))
      .when({ ...tag('2020-01-02'), correct: 'typo' } as Wish)
      .accepts('RecordCorrected');
    given(...past, tag('2020-01-01'), retract('tag:signing'))
      .when(tag('2020-01-01'))
      .rejects('TagRetracted');
  });
});

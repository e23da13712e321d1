import { describe, expect, it } from 'vitest';
import { CliFailure } from '#cli/exit-codes.ts';
import { pointOf } from '#cli/point.ts';

describe('a point to compare', () => {
  it.each([
    ['2025-01-21', { effectiveOn: '2025-01-21' }],
    ['v4', { version: 4 }],
    ['4', { version: 4 }],
    ['signing', { tag: 'signing' }],
    ['today', {}],
    ['2025-03-20@known:2025-05-01', { effectiveOn: '2025-03-20', knownAt: '2025-05-01' }],
    ['v2@known:2025-05-01T12:00:00Z', { version: 2, knownAt: '2025-05-01T12:00:00Z' }],
    ['@known:2025-05-01', { knownAt: '2025-05-01' }],
    ['cursor:WzIsOV0', { cursor: 'WzIsOV0' }],
    ['today@assume:scheduled,claim:sale', { assume: { scheduled: true, claims: ['sale'] } }],
    [
      'v2@public@known:2025-05-01@executed:2025-04-01@position:7@uncertain:latest',
      {
        version: 2,
        knowledge: 'PUBLIC',
        knownAt: '2025-05-01',
        executedBy: '2025-04-01',
        position: 7,
        uncertain: 'LATEST',
      },
    ],
  ])('is read from %s', (text, expected) => {
    expect(pointOf(text, {})).toEqual(expected);
  });

  it('takes from the flags what it does not say itself', () => {
    const shared = { knowledge: 'PUBLIC' as const };
    expect(pointOf('2025-01-21', shared)).toEqual({ ...shared, effectiveOn: '2025-01-21' });
  });

  it.each(['2025-02-30', 'v0', 'not a tag!', '2025-01-21@known:soon'])('is not %s', (text) => {
    expect(() => pointOf(text, {})).toThrow(CliFailure);
    expect(() => pointOf(text, {})).toThrow(
      /expected a day \(2025-01-21\), a version \(v4\), a tag/,
    );
  });

  it.each([
    ['2025-1-21', 'a day has four, two and two digits'],
    ['21/01/2025', 'a day has four, two and two digits'],
    ['2025-01-21@knwon:2025-05-01', 'there is no @knwon. Did you mean known?'],
    ['today@assume:everything', '--assume can\'t be "everything"'],
  ])('is explained where it is mistyped: %s', (text, why) => {
    expect(() => pointOf(text, {})).toThrow(why);
  });
});

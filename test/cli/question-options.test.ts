import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { ALL_COORDINATES, addCoordinates, questionOf } from '#cli/question-options.ts';

const asked = (...argv: readonly string[]) => {
  const command = addCoordinates(new Command().exitOverride(), ALL_COORDINATES);
  return questionOf(command.parse([...argv], { from: 'user' }).opts());
};

describe('flags for coordinates', () => {
  it('ask for nothing in particular when there are none', () => {
    expect(asked()).toEqual({});
  });

  it('ask for each coordinate', () => {
    const flags = ['--on', '2025-01-21', '--known-at', '2025-02-01', '--position', '7', '--public'];
    expect(asked(...flags, '--executed-by', '2025-01-20', '--uncertain', 'latest')).toEqual({
      effectiveOn: '2025-01-21',
      knownAt: '2025-02-01',
      position: 7,
      knowledge: 'PUBLIC',
      executedBy: '2025-01-20',
      uncertain: 'LATEST',
    });
    expect(asked('--version', '3')).toEqual({ version: 3 });
    expect(asked('--tag', 'signing')).toEqual({ tag: 'signing' });
  });

  it('gather what is assumed, in the order given', () => {
    expect(asked('--assume', 'claim:b', '--assume', 'scheduled,claim:a')).toEqual({
      assume: { scheduled: true, claims: ['b', 'a'] },
    });
  });

  it.each([
    [['--on', 'tomorrow'], /^--on can't be "tomorrow": expected a day that exists/],
    [['--position', 'x'], /^--position can't be/],
    [['--version', '0'], /^--version can't be 0/],
    [['--uncertain', 'maybe'], /^--uncertain can't be "maybe"/],
    [
      ['--assume', 'everything'],
      /^--assume can't be "everything": expected scheduled, prospective or claim:ID/,
    ],
  ])('%j are refused by name', (flags, message) => {
    expect(() => asked(...flags)).toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { aHarbour } from './harbour.ts';

const bisected = async (flags: string) => {
  const { cli } = await aHarbour();
  // A flag's value may hold spaces; here they are written as plus signs.
  const argv = flags.split(' ').map((word) => word.replaceAll('+', ' '));
  const { out, err } = await cli(['bisect', 'harbour-lease', ...argv, '--json']);
  expect(err).toBe('');
  return JSON.parse(out);
};

describe('codicil bisect', () => {
  it('finds the days, and the place in the log from which we knew', async () => {
    const { days, known } = await bisected('--in-force berths.exclusive --on 2025-02-01');
    expect(days).toEqual([{ from: '2024-01-01', until: '2025-05-31' }]);
    expect(known).toMatchObject([{ from: { position: 4 } }]);
    const gone = await bisected('--in-force berths.exclusive --not --on 2025-08-01');
    expect(gone.days).toEqual([{ from: '2025-05-31' }]);
    expect(gone.known[0].until.position).toBe(4);
    expect(gone.known[1].from.position).toBeGreaterThan(4);
  });

  it.each([
    ['--fact rent:rent=120+EUR', [{ from: '2025-01-01' }]],
    ['--fact rent:rent<110+EUR', [{ from: '2024-01-01', until: '2025-01-01' }]],
    ['--fact rent:dueDays>29+days', [{ from: '2024-01-01' }]],
    ['--fact berths.exclusive:exclusive=yes', [{ from: '2024-01-01', until: '2025-05-31' }]],
    ['--term-kind PRICE', [{ from: '2024-01-01' }]],
    ['--term-kind rent:EXCLUSIVITY', []],
    ['--evidence rent:document-text', [{ from: '2024-01-01' }]],
    ['--standing in-force', [{ from: '2024-01-01' }]],
    ['--says rent:120+EUR', [{ from: '2025-01-01' }]],
    ['--claim-open sale', [{ from: '2025-06-02' }]],
    [
      '--in-force berths.exclusive --fact rent:rent=120+EUR',
      [{ from: '2025-01-01', until: '2025-05-31' }],
    ],
    ['--any --in-force berths.exclusive --fact rent:rent=120+EUR', [{ from: '2024-01-01' }]],
  ])('%s', async (flags, days) => {
    expect((await bisected(flags)).days).toEqual(days);
  });

  it('prints both axes', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('bisect harbour-lease --in-force berths.exclusive --on 2025-02-01');
    expect(out).toContain('It holds on these days\n  2024-01-01 to 2025-05-31\n');
    expect(out).toMatch(/Of 2025-02-01 we knew it\n {2}from position 4, recorded at 2026-11-02T/);
    expect((await cli('bisect harbour-lease --term-kind NOTHING')).out).toContain('  never\n');
  });

  it.each([
    ['', 2, /say what to look for: one or more of --in-force, --applies/],
    ['--fact rent', 2, /--fact can't be "rent": expected TERM:FACT/],
    ['--evidence rent', 2, /--evidence can't be "rent": expected TERM:GRADE/],
    ['--says rent', 2, /--says can't be "rent": expected TERM:WORDS/],
    ['--standing gone', 2, /standing: Invalid option: expected one of "SCHEDULED"/],
    ['--in-force rents', 3, /No record names a term rents\. Did you mean rent\?/],
  ])('%s is told what is wrong', async (flags, exit, message) => {
    const { cli } = await aHarbour();
    const { code, err } = await cli(`bisect harbour-lease ${flags}`.trim());
    expect(err).toMatch(message);
    expect(code).toBe(exit);
  });
});

import { describe, expect, it } from 'vitest';
import { aHarbour } from './harbour.ts';

const cursorIn = (out: string): string => /--after (\S+)/.exec(out)?.[1] ?? '';

describe('codicil watch', () => {
  it('shows history, says that it has caught up, and ends there when told', async () => {
    const { cli } = await aHarbour();
    const { code, out } = await cli('watch harbour-lease --until-caught-up');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/AgreementRecorded {4}harbour-lease/);
    expect(lines.at(-1)).toMatch(/^caught up; go on later with --after /);
  });

  it('goes on behind a cursor without showing anything twice', async () => {
    const { cli, edited } = await aHarbour();
    const first = await cli('watch --until-caught-up');
    await cli(`record ${edited(['  - claimId: sale', '  - claimId: sale-of-the-harbour'])}`);
    const { out } = await cli(`watch --until-caught-up --after ${cursorIn(first.out)}`);
    expect(
      out.split('\n').filter((line) => line.includes('Recorded') || line.includes('Reported')),
    ).toEqual([expect.stringMatching(/ClaimReported +harbour-lease {2}sale-of-the-harbour/)]);
  });

  it('shows what another command records while it watches, until it is ended', async () => {
    const { cli, edited } = await aHarbour();
    const end = new AbortController();
    let recorded: Promise<unknown> | undefined;
    const { code, out } = await cli('watch harbour-lease', {
      signal: end.signal,
      onOut: (so_far) => {
        if (so_far.includes('caught up')) {
          recorded ??= cli(`record ${edited(['  - claimId: sale', '  - claimId: second'])}`);
        }
        if (so_far.includes('  second')) end.abort();
      },
    });
    await recorded;
    expect(code).toBe(0);
    expect(out).toMatch(/ClaimReported +harbour-lease {2}second/);
  });

  it('follows one term, into those that replaced it when told', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('watch harbour-lease --term berths.exclusive --until-caught-up');
    expect(out).toContain('first-amendment/replaceTerms:berths.exclusive');
    expect(out).not.toContain('rent');
  });

  it('tells of what ends soon, by the period of notice that it is given', async () => {
    const { cli, edited } = await aHarbour(false);
    const until = ['kind: EXCLUSIVITY', 'kind: EXCLUSIVITY\n          number: "7"'] as const;
    const ends = [
      'effectiveFrom: 2025-04~ # about April',
      'effectiveUntil: 2026-12-20 # about April',
    ] as const;
    await cli(`record ${edited(until, ends)}`);
    const soon = await cli('watch --until-caught-up --notice-period P3M');
    expect(soon.out).toMatch(/expires 2026-12-20 +harbour-lease {2}first-amendment\/replaceTerms/);
    const later = await cli('watch --until-caught-up --notice-period P1W');
    expect(later.out).not.toContain('expires');
    const wrong = await cli('watch --until-caught-up --notice-period 3M');
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected an ISO 8601 duration'),
    });
  });

  it('prints one JSON object a line for scripts', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('watch --until-caught-up --json');
    const items = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items[0]).toMatchObject({
      kind: 'CHANGE_RECORDED',
      event: { type: 'AgreementRecorded', revision: 1 },
    });
    expect(items.at(-1)).toMatchObject({ kind: 'CAUGHT_UP' });
  });

  it('refuses a cursor that nobody gave out', async () => {
    const { cli } = await aHarbour();
    expect(await cli('watch --after 17')).toMatchObject({ code: 2, out: '' });
  });
});

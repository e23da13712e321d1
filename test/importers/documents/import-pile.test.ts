import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApp } from '#app/create-app.ts';
import { openStore } from '#store/open.ts';
import { importInto, type MadeUp, saidIn, textAt } from './piles.ts';

const aLog = () => openStore('sqlite::memory:');

const clause = fc.constantFrom(
  '# Terms\n\n',
  '## Use\r\n\r\nYou may use it.\r\n\r\n',
  '1. We collect your name.\n',
  '2. We keep it for 30 days.\n',
  '2. We keep it for 60 days.\n',
  'Nothing else is agreed, and nothing else was said before this day.\n\n',
  '\uFEFF',
  '“Services” means all that we do.\n',
  'x\u0000y ',
  '契約は終了する。\n',
);
const text = fc.array(clause, { maxLength: 6 }).map((clauses) => clauses.join(''));

/** Dates that may stand in any order, some of them the same. */
const instant = fc
  .tuple(fc.nat(6), fc.nat(3))
  .map(([day, hour]) => `2020-01-0${day + 1}T0${hour}:00:00Z`);

const versions: fc.Arbitrary<readonly MadeUp[]> = fc.array(
  fc.record({ at: instant, text: fc.option(text, { nil: undefined, freq: 5 }) }),
  { minLength: 1, maxLength: 7 },
);

/** What holds at an instant: of the versions dated by then the latest, of those of one moment the last. */
const byDate = (all: readonly MadeUp[], at: string): string | undefined =>
  all
    .filter((one) => one.at <= at)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .at(-1)?.text;

/** As git has it: the last of the versions dated by then. */
const bySource = (all: readonly MadeUp[], at: string): string | undefined =>
  all.filter((one) => one.at <= at).at(-1)?.text;

const EVERY_HOUR = Array.from({ length: 8 * 4 }, (_, i) => {
  const [day, hour] = [Math.floor(i / 4) + 1, i % 4];
  return `2020-01-0${day}T0${hour}:30:00Z`;
});

describe('an imported document', () => {
  it.each([
    ['date', byDate],
    ['source', bySource],
  ] as const)('reads at every instant as its pile has it, by %s', async (order, expected) => {
    await fc.assert(
      fc.asyncProperty(versions, async (all) => {
        await using log = await aLog();
        await importInto(log, all, { order });
        for (const at of EVERY_HOUR) expect(await textAt(log, at)).toBe(expected(all, at));
      }),
      { numRuns: 40 },
    );
  });

  it('is the same however often the import was interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(versions, fc.array(fc.integer({ min: 1, max: 3 })), async (all, stops) => {
        await using whole = await aLog();
        await importInto(whole, all);
        await using log = await aLog();
        for (const most of stops) await importInto(log, all, { most });
        await importInto(log, all);
        expect(await saidIn(log)).toEqual(await saidIn(whole));
      }),
      { numRuns: 40 },
    );
  });

  it('gains nothing when it is imported again', async () => {
    await using log = await aLog();
    const all = [
      { at: '2020-01-01', text: 'One.\n' },
      { at: '2020-02-01', text: 'Two.\n' },
    ];
    await importInto(log, all);
    const { documents } = await importInto(log, all);
    expect(documents).toMatchObject([{ recorded: 0, unchanged: 2, events: 0 }]);
  });

  it('goes by dates also where a version comes to light after later ones', async () => {
    await fc.assert(
      fc.asyncProperty(versions, fc.nat(6), async (all, first) => {
        await using log = await aLog();
        await importInto(log, all.slice(0, first));
        await importInto(log, all);
        // Those of one day may have come in another order, so that only its end is sure.
        for (let day = 1; day <= 8; day++) {
          expect(await textAt(log, `2020-01-0${day}T23:00:00Z`)).toBe(
            byDate(all, `2020-01-0${day}T23:00:00Z`),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes on under its new path, and comes back after it was withdrawn', async () => {
    await using log = await aLog();
    await importInto(log, [
      { at: '2020-01-01', text: 'One.\n' },
      { at: '2020-02-01', text: 'One.\n', path: 'terms.md', renamedFrom: 'policy.md' },
      { at: '2020-03-01', path: 'terms.md' },
      { at: '2020-04-01', text: 'Four.\n', path: 'terms.md' },
    ]);
    const texts = ['2020-01-15', '2020-02-15', '2020-03-15', '2020-04-15'];
    expect(await Promise.all(texts.map((day) => textAt(log, day)))).toEqual([
      'One.\n',
      'One.\n',
      undefined,
      'Four.\n',
    ]);
    await using app = await createApp({ store: log, now: Date.now });
    expect(await app.views.agreements()).toEqual(['policy']);
    expect((await app.views.stateAt('policy', {}))?.state.title).toBe('terms.md');
  });

  it('is empty where it is, and not there where it was withdrawn', async () => {
    await using log = await aLog();
    await importInto(log, [{ at: '2020-01-01', text: '' }, { at: '2020-02-01' }]);
    expect(await textAt(log, '2020-01-15')).toBe('');
    expect(await textAt(log, '2020-02-15')).toBeUndefined();
  });

  it('changes nothing by a version whose date is not known, which is on record', async () => {
    await using log = await aLog();
    const { documents } = await importInto(log, [
      { at: '2020-01-01', text: 'One.\n' },
      { at: 'unknown', text: 'When?\n' },
      { at: '2020-03-01', text: 'Three.\n' },
    ]);
    expect(documents).toMatchObject([{ recorded: 3 }]);
    expect(await textAt(log, '2020-02-01')).toBe('One.\n');
    expect(await textAt(log, '2020-04-01')).toBe('Three.\n');
  });

  it('says which versions stand in another order than their dates', async () => {
    await using log = await aLog();
    await importInto(log, [
      { at: '2020-02-01', text: 'Later.\n' },
      { at: '2020-01-01', text: 'Earlier.\n' },
    ]);
    await using app = await createApp({ store: log, now: Date.now });
    const findings = (await app.views.stateAt('policy', {}))?.state.findings;
    expect(findings).toMatchObject([{ code: 'SOURCE_ORDER' }]);
    expect(findings?.[0]?.message).toContain('commit2');
  });
});

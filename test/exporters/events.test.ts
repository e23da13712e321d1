import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventIdOf } from '#app/event-id.ts';
import { openExecutor } from '#app/execute.ts';
import { streamOf } from '#app/stream-name.ts';
import { cloudEvent } from '#exporters/cloud-event.ts';
import { recordFile } from '#importers/agreement-file.ts';
import { importEvents } from '#importers/import-events.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';
import { longHistory, randomHistory } from '../oracle/random-history.ts';
import { aFolder } from '../store/folder.ts';
import { daysOf, digests } from './asked.ts';
import { logOf } from './random-log.ts';

const SIGNAL = new AbortController().signal;
const FOLDER = new URL('../../agreements/', import.meta.url);
const BUNDLED = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** The lines of an export. */
const exported = async (log: EventStore, agreement: string): Promise<readonly string[]> => {
  const pages = await Array.fromAsync(log.readStream(streamOf(agreement)));
  return pages.flat().map((stored) => cloudEvent(agreement, stored));
};

const fileOf = (lines: readonly string[]): string => {
  const path = join(aFolder(), 'events.jsonl');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
};

const bundled = async (name: string) => {
  const log = await openStore('sqlite::memory:', {
    now: () => Date.parse('2026-01-02T03:04:05.678Z'),
  });
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  const { agreement = '' } = await recordFile(openExecutor(log), text, {
    fileName: name,
    by: 'test',
  });
  return { log, agreement };
};

/** Everything that is stored of an agreement, but for the place in the whole log. */
const stored = async (log: EventStore, agreement: string) => {
  const pages = await Array.fromAsync(log.readStream(streamOf(agreement)));
  return pages.flat().map(({ position: _, ...event }) => event);
};

const COORDINATES = [
  {},
  { knowledge: 'PUBLIC', knownAt: '2025-06-15' },
  { knownAt: '2025-03-15' },
] as const;

/** Days of the made-up histories, at several states of knowledge. */
const QUESTIONS = daysOf('2024-12-01', '2026-03-01', 21).flatMap((effectiveOn) =>
  COORDINATES.map((more) => ({ effectiveOn, ...more })),
);

describe('events that went out and came in again', () => {
  it.each(BUNDLED)('say the same of %s on every day', async (name) => {
    const { log, agreement } = await bundled(name);
    await using _ = log;
    const file = fileOf(await exported(log, agreement));
    await using copy = await openStore('sqlite::memory:');
    const report = await importEvents(copy, file, { signal: SIGNAL });
    const events = await stored(log, agreement);
    expect(report).toMatchObject({
      agreement,
      before: 0,
      recorded: events.length,
      redated: 0,
      problems: [],
    });
    expect(await stored(copy, agreement)).toEqual(events);
    const days = daysOf('2018-01-01', '2027-01-01', 40).map((effectiveOn) => ({ effectiveOn }));
    expect(await digests(copy, agreement, days)).toEqual(await digests(log, agreement, days));
  });

  it('say the same of any history at any knowledge', async () => {
    let events = 0;
    const property = fc.asyncProperty(randomHistory, async (history) => {
      await using made = await logOf(history.events);
      const file = fileOf(await exported(made.store, 'deal'));
      await using copy = await openStore('sqlite::memory:');
      const report = await importEvents(copy, file, { signal: SIGNAL });
      events += report.recorded;
      expect(report.problems).toEqual([]);
      expect(await stored(copy, 'deal')).toEqual(await stored(made.store, 'deal'));
      expect(await digests(copy, 'deal', QUESTIONS)).toEqual(
        await digests(made.store, 'deal', QUESTIONS),
      );
    });
    await fc.assert(property, { numRuns: 15 });
    expect(events).toBeGreaterThan(60);
  });

  it('can be given in parts and twice; the log has each once', async () => {
    const [history] = fc.sample(longHistory, { numRuns: 1, seed: 7 });
    await using made = await logOf(history?.events ?? []);
    const lines = await exported(made.store, 'deal');
    await using copy = await openStore('sqlite::memory:');
    const give = (many: number) =>
      importEvents(copy, fileOf(lines.slice(0, many)), { signal: SIGNAL });
    expect(await give(100)).toMatchObject({ before: 0, recorded: 100 });
    expect(await give(lines.length)).toMatchObject({ before: 100, recorded: lines.length - 100 });
    expect(await give(lines.length)).toMatchObject({ before: lines.length, recorded: 0 });
    expect(await give(50)).toMatchObject({ before: 50, recorded: 0, problems: [] });
    expect(await stored(copy, 'deal')).toEqual(await stored(made.store, 'deal'));
  });

  it('are dated later where the log has later ones already, and that is told', async () => {
    const { log, agreement } = await bundled(BUNDLED[0] ?? '');
    await using _ = log;
    await using copy = await openStore('sqlite::memory:', {
      now: () => Date.parse('2026-05-01T00:00:00Z'),
    });
    const lease = readFileSync(
      new URL('../../docs/examples/harbour-lease.yaml', import.meta.url),
      'utf8',
    );
    await recordFile(openExecutor(copy), lease, { fileName: 'lease.yaml', by: 'test' });
    const { recorded, redated } = await importEvents(copy, fileOf(await exported(log, agreement)), {
      signal: SIGNAL,
    });
    expect(recorded).toBeGreaterThan(10);
    expect(redated).toBe(recorded);
  });

  it('stop where they are told to, and go on', async () => {
    const [history] = fc.sample(longHistory, { numRuns: 1, seed: 3 });
    await using made = await logOf(history?.events ?? []);
    const file = fileOf(await exported(made.store, 'deal'));
    await using copy = await openStore('sqlite::memory:');
    const stopped = await importEvents(copy, file, { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ recorded: 0, interrupted: true });
    const whole = await importEvents(copy, file, { signal: SIGNAL });
    expect(whole).toMatchObject({ before: 0, interrupted: false });
    expect(await stored(copy, 'deal')).toEqual(await stored(made.store, 'deal'));
  });
});

describe('a line of the export', () => {
  it('is a CloudEvent 1.0: required attributes, lower-case names, simple values', async () => {
    const { log, agreement } = await bundled(BUNDLED[0] ?? '');
    await using _ = log;
    const lines = await exported(log, agreement);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const { data, ...attributes } = JSON.parse(line);
      expect(attributes).toMatchObject({ specversion: '1.0', source: `/agreements/${agreement}` });
      expect(Object.keys(attributes).filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
      for (const value of Object.values(attributes)) {
        expect(
          typeof value === 'string' || (Number.isInteger(value) && Number(value) < 2 ** 31),
        ).toBe(true);
      }
      expect(attributes).toMatchObject({
        time: '2026-01-02T03:04:05.678Z',
        type: expect.stringMatching(/^codicil\.[A-Z]/),
      });
      expect(typeof data).toBe('object');
    }
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      subject: 'agreement',
      revision: 1,
      position: '1',
    });
  });
});

type Line = { [attribute: string]: unknown; data: { [field: string]: unknown } };

describe('a file that is something else', () => {
  const spoilt = async (spoil: (lines: Line[]) => readonly (Line | string)[]) => {
    const { log, agreement } = await bundled('microsoft-yahoo-search.yaml');
    await using _ = log;
    const lines = (await exported(log, agreement)).map((line) => JSON.parse(line));
    const file = fileOf(
      spoil(lines).map((line) => (typeof line === 'string' ? line : JSON.stringify(line))),
    );
    await using copy = await openStore('sqlite::memory:');
    const report = await importEvents(copy, file, { signal: SIGNAL });
    expect((await copy.head()).position).toBe(0);
    return report.problems.map(({ line, message }) => `${line}: ${message}`);
  };
  const second = (change: (line: Line) => void) => (lines: Line[]) => {
    const [, line] = lines;
    if (line !== undefined) change(line);
    return lines;
  };

  it.each<[string, (lines: Line[]) => readonly (Line | string)[], RegExp]>([
    ['no JSON', (lines) => [...lines.slice(0, 2), '{'], /^3: the line is not JSON/],
    [
      'an unknown type',
      second((line) => (line['type'] = 'codicil.TermSung')),
      /^2: type: expected codicil\./,
    ],
    [
      'an id that is none',
      second((line) => (line['id'] = 'x')),
      /^2: id: expected a lower-case UUID/,
    ],
    [
      'an id that another agreement will need',
      second((line) => (line['id'] = eventIdOf('victim', 'agreement'))),
      /^2: id: expected [-0-9a-f]{36}, which is made of the agreement /,
    ],
    [
      'an id of another command',
      (lines) => {
        const line = lines.find(({ type }) => type === 'codicil.CoverageStated');
        if (line !== undefined) line['metadata'] = '{"by":"b","commandId":"c","correlationId":"c"}';
        return lines;
      },
      /^\d+: id: expected /,
    ],
    [
      'a version of the future',
      second((line) => (line['schemaversion'] = 99)),
      /^2: schemaversion 99 .* newer version/,
    ],
    [
      'a payload that does not fit',
      second((line) => delete line.data['title']),
      /^2: data\.title: /,
    ],
    [
      'a payload in short form',
      (lines) => {
        const added = lines.find((line) => line['type'] === 'codicil.TermAdded');
        if (added !== undefined) added.data['facts'] = { renews: true };
        return lines;
      },
      /^\d+: data is not written as the log writes it: /,
    ],
    [
      'another agreement',
      second((line) => (line['source'] = '/agreements/other')),
      /^2: source: .* a file of its own/,
    ],
    ['a missing line', (lines) => lines.toSpliced(1, 1), /^2: revision: expected 2, not 3/],
    [
      'a doubled line',
      (lines) => lines.toSpliced(1, 0, ...lines.slice(1, 2)),
      /^3: revision: expected 3, not 2/,
    ],
    [
      'a falling time',
      second((line) => (line['time'] = '2020-01-01T00:00:00Z')),
      /^2: time: .* never fall/,
    ],
    ['no beginning', (lines) => lines.slice(1), /^1: type: the first event/],
    ['nothing', () => [], /^1: there is no event/],
    [
      'metadata that are no JSON',
      second((line) => (line['metadata'] = '{')),
      /^2: metadata is not JSON/,
    ],
  ])('is refused whole: %s', async (_, spoil, expected) => {
    const problems = await spoilt(spoil);
    expect(problems[0]).toMatch(expected);
    expect(problems.length).toBeLessThanOrEqual(2);
  });

  it('is refused where the log has another history of the agreement', async () => {
    const [a, b] = fc.sample(longHistory, { numRuns: 2, seed: 5 });
    await using one = await logOf(a?.events ?? []);
    await using other = await logOf(b?.events ?? []);
    const before = await stored(other.store, 'deal');
    const report = await importEvents(other.store, fileOf(await exported(one.store, 'deal')), {
      signal: SIGNAL,
    });
    expect(report.problems[0]?.message).toMatch(
      /the log has another event as revision \d+ of deal/,
    );
    expect(await stored(other.store, 'deal')).toEqual(before);
  });
});

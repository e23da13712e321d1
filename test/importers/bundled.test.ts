import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { count, emptyLog, record } from './recording.ts';

const FOLDER = new URL('../../agreements/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

describe('the bundled agreements', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(2);
  });

  it.each(files)('%s records without a problem, and again without a trace', async (name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    const hands = await emptyLog();
    const first = await record(hands, text);
    expect(first).toMatchObject({ problems: [], differences: [] });
    const agreement = first.agreement ?? '';
    const events = await count(hands, agreement);
    expect(events).toBe(first.recorded.reduce((sum, one) => sum + one.events, 0));
    expect(await record(hands, text)).toMatchObject({
      recorded: [],
      problems: [],
      differences: [],
    });
    expect(await count(hands, agreement)).toBe(events);
  });
});

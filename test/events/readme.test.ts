import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { COMMAND_TYPES } from '#agreement/commands.ts';
import { changeHead } from '#events/change.ts';
import { EVENT_TYPES, type EventType, eventSchemas } from '#events/event.ts';
import { currentVersion } from '#events/upcast.ts';
import { changeSchemas, VERBS } from '#events/verbs.ts';

const readme = readFileSync(new URL('../../events/README.md', import.meta.url), 'utf8');

const bare = (cell: string): string => cell.replace(/[`●]/g, '').trim();

/** The rows of the table whose header begins with a word, cell by cell. */
const rowsUnder = (header: string): readonly (readonly string[])[] => {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.split('|')[1]?.trim() === header);
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => line.split('|').slice(1, -1));
};

const events = rowsUnder('event');
const heads: ReadonlySet<string> = new Set(Object.keys(changeHead));

const isOptional = (field: z.ZodType): boolean => field._zod.optin === 'optional';

const fieldsOf = (type: EventType): readonly string[] =>
  Object.entries(eventSchemas[type].shape)
    .filter(([name]) => !(type in changeSchemas) || !heads.has(name))
    .map(([name, field]) => (isOptional(field) ? `${name}?` : name));

describe('the table of events', () => {
  it('lists every event there is, once, and no other', () => {
    const listed = events.map(([name = '']) => bare(name));
    expect(listed.toSorted()).toEqual([...EVENT_TYPES].toSorted());
  });

  it('marks the changes and only them', () => {
    const marked = events.filter(([name = '']) => name.includes('●'));
    const names = marked.map(([name = '']) => bare(name));
    expect(names.toSorted()).toEqual(Object.keys(changeSchemas).toSorted());
  });

  it('gives the verb of each change', () => {
    const verbs = new Map<string, string>(
      Object.entries(VERBS).map(([verb, type]) => [type, verb]),
    );
    for (const [name = '', , written = ''] of events) {
      const verb = verbs.get(bare(name));
      if (verb !== undefined) expect([bare(name), bare(written)]).toEqual([bare(name), verb]);
    }
  });

  it('gives the command of each other event, and every command once', () => {
    const others = events.filter(([name = '']) => !name.includes('●'));
    const written = others.map(([, , cell = '']) => bare(cell));
    expect(written.toSorted()).toEqual([...COMMAND_TYPES].toSorted());
  });

  it.each(EVENT_TYPES)('gives version and fields of %s as its schema has them', (type) => {
    const row = events.find(([name = '']) => bare(name) === type) ?? [];
    expect(bare(row[1] ?? '')).toBe(String(currentVersion(type)));
    expect(bare(row[3] ?? '').split(', ')).toEqual(fieldsOf(type));
  });

  it('gives the head of a change as its schema has it', () => {
    const listed = rowsUnder('head').map(([name = '']) => bare(name));
    const head = Object.entries(changeHead);
    expect(listed).toEqual(head.map(([name, field]) => (isOptional(field) ? `${name}?` : name)));
  });
});

import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { agreementFileSchemaText } from '#agreement/json-schema.ts';
import { VERBS } from '#events/verbs.ts';

const COMMITTED = new URL('../../agreements/agreement.schema.json', import.meta.url);

it('the committed schema of agreement files is the one made from the code', async () => {
  const remedy = 'run: node src/main.ts schema --agreement-file > agreements/agreement.schema.json';
  expect(await readFile(COMMITTED, 'utf8'), remedy).toBe(agreementFileSchemaText());
});

it('a change is exactly one of the verbs, each described', () => {
  const { $defs } = JSON.parse(agreementFileSchemaText());
  const { properties, minProperties, maxProperties, additionalProperties } = $defs.Change;
  expect(Object.keys(properties)).toEqual(Object.keys(VERBS));
  expect([minProperties, maxProperties, additionalProperties]).toEqual([1, 1, false]);
  for (const verb of Object.keys(VERBS)) expect(properties[verb].description).toMatch(/\.$/);
});

it('every reference inside the schema leads somewhere', () => {
  const text = agreementFileSchemaText();
  const { $defs } = JSON.parse(text);
  const names = [...text.matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name = '']) => name);
  expect(names.filter((name) => $defs[name] === undefined)).toEqual([]);
  expect(names.length).toBeGreaterThan(0);
});

import { readFileSync } from 'node:fs';
import { type GraphQLNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { COMMAND_TYPES } from '#agreement/commands.ts';
import { REJECTION_CODES } from '#agreement/rejections.ts';
import { EVENT_TYPES } from '#events/event.ts';
import { VERBS } from '#events/verbs.ts';
import { printedSchema, schema } from '#graphql/schema.ts';
import { capitals } from '#graphql/types/command-result.ts';

const COMMITTED = new URL('../../graphql/schema.graphql', import.meta.url);

const namesOf = (type: GraphQLNamedType | undefined | null): readonly string[] => {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isInputObjectType(type) || isObjectType(type)) return Object.keys(type.getFields());
  throw new Error(`${type} has no members`);
};

describe('the schema', () => {
  it('is the committed one, which codicil schema prints anew', () => {
    expect(printedSchema()).toBe(readFileSync(COMMITTED, 'utf8'));
  });

  it('has one mutation for each command', () => {
    const mutations = COMMAND_TYPES.map((type) => type.charAt(0).toLowerCase() + type.slice(1));
    expect(namesOf(schema.getMutationType()).toSorted()).toEqual(mutations.toSorted());
  });

  it('has one change for each verb, exactly one of which is given', () => {
    const change = schema.getType('ChangeInput');
    expect(namesOf(change).toSorted()).toEqual(Object.keys(VERBS).toSorted());
    expect(isInputObjectType(change) && change.isOneOf).toBe(true);
  });

  it('has one code for each rejection, and one for an input without form', () => {
    expect(namesOf(schema.getType('RejectionCode')).toSorted()).toEqual(
      [...REJECTION_CODES.map(capitals), 'INPUT_DOES_NOT_FIT'].toSorted(),
    );
  });

  it('names each event', () => {
    expect(namesOf(schema.getType('EventType')).toSorted()).toEqual(EVENT_TYPES.toSorted());
  });
});

describe('a name in capitals', () => {
  it.each([
    ['NoSuchTerm', 'NO_SUCH_TERM'],
    ['CommandIdReused', 'COMMAND_ID_REUSED'],
  ])('%s is written %s', (name, expected) => {
    expect(capitals(name)).toBe(expected);
  });
});

import type { TermState, Value } from '../state.ts';
import type { Effect } from './entry.ts';
import { diffFacts, type FactChange } from './facts.ts';
import type { FieldChange } from './parts.ts';
import { diffWords, type WordHunk } from './words.ts';

/** In what the values of terms differ. */
export type ValueChange = {
  readonly fields: readonly FieldChange[];
  readonly facts: readonly FactChange[];
  /** Of the prose; empty where that is the same. */
  readonly words: readonly WordHunk[];
};

export const SAME_VALUE: ValueChange = { fields: [], facts: [], words: [] };

const FIELDS = ['kind', 'heading', 'number'] as const;

const fieldsOf = (from: Value, to: Value): readonly FieldChange[] =>
  FIELDS.filter((name) => from[name] !== to[name]).map((name) => {
    const [old, now] = [from[name], to[name]];
    return {
      name,
      ...(old !== undefined && { old }),
      ...(now !== undefined && { new: now }),
    };
  });

const proseOf = (values: readonly Value[]): string =>
  values.flatMap(({ prose }) => (prose === undefined || prose === '' ? [] : [prose])).join('\n\n');

/** Prose of several terms is read as one text; fields are compared where one term meets one. */
export const diffValues = (from: readonly TermState[], to: readonly TermState[]): ValueChange => {
  const [before, after] = [from.map(({ value }) => value), to.map(({ value }) => value)];
  const [old, now] = [before[0], after[0]];
  if (from.length === 1 && to.length === 1 && old === now) return SAME_VALUE;
  const [text, next] = [proseOf(before), proseOf(after)];
  const pair = from.length === 1 && to.length === 1 && old !== undefined && now !== undefined;
  return {
    fields: pair ? fieldsOf(old, now) : [],
    facts: diffFacts(before, after),
    words: text === next ? [] : diffWords(text, next),
  };
};

const isDate = ({ old, new: now }: FactChange): boolean =>
  old !== undefined && now !== undefined && 'date' in old && 'date' in now;

/** What a change of one term's value amounts to; undefined for none. */
export const effectOf = ({ fields, facts, words }: ValueChange): Effect | undefined => {
  if (words.length > 0) return 'AMENDED';
  if (fields.length === 0 && facts.length === 0) return undefined;
  if (fields.length === 0 && facts.every(isDate)) return 'DATE_CHANGED';
  const renumbered = facts.length === 0 && fields.every(({ name }) => name === 'number');
  return renumbered ? 'RENUMBERED' : 'AMENDED';
};

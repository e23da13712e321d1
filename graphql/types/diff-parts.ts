import type { DiffEntry } from '#projections/diff/entry.ts';
import { AXES, ENTRY_KINDS } from '#projections/diff/entry.ts';
import type { Materiality as Material } from '#projections/diff/material.ts';
import { MATERIAL_FLAGS } from '#projections/diff/material-rules.ts';
import type {
  DateChange as ChangedDate,
  FieldChange as ChangedField,
  StandingChange as ChangedStanding,
  Place as TermPlace,
} from '#projections/diff/parts.ts';
import type { WordHunk as Hunk } from '#projections/diff/words.ts';
import { builder } from '../builder.ts';
import { Edtf } from './scalars.ts';

export const DiffKind = builder.enumType('DiffKind', {
  description: 'What became of a term, or of the agreement, between two states.',
  values: ENTRY_KINDS,
});
export const DiffAxis = builder.enumType('DiffAxis', {
  description: 'EFFECTIVE: the deal changed; KNOWLEDGE: we restated it.',
  values: AXES,
});
export const MaterialFlag = builder.enumType('MaterialFlag', {
  description: 'A rule by which a difference matters.',
  values: MATERIAL_FLAGS,
});
const WordOp = builder.enumType('WordOp', { values: ['EQUAL', 'INSERT', 'DELETE'] as const });
const DiffDate = builder.enumType('DiffDate', {
  values: ['IN_FORCE_SINCE', 'STARTS', 'ENDS_ON'] as const,
});
const MatchedBy = ['ID', 'LINEAGE', 'STRUCTURE'] as const;
export const TermMatch = builder.enumType('TermMatch', {
  description: 'Why the terms of the two sides belong together.',
  values: MatchedBy,
});

export const WordHunk = builder.objectRef<Hunk>('WordHunk').implement({
  description: 'A stretch of text that both have, that only the older, or that only the newer has.',
  fields: (t) => ({
    op: t.expose('op', { type: WordOp }),
    text: t.exposeString('text'),
    move: t.exposeInt('move', {
      nullable: true,
      description:
        'What a DELETE and an INSERT of one diff share that are one moved passage, in the same term or in two: numbers from 1; null where nothing moved.',
    }),
  }),
});

export const FieldChange = builder.objectRef<ChangedField>('FieldChange').implement({
  description: 'The kind, heading or number of a term that is different.',
  fields: (t) => ({
    name: t.exposeString('name'),
    old: t.exposeString('old', { nullable: true }),
    new: t.exposeString('new', { nullable: true }),
  }),
});

export const DateChange = builder.objectRef<ChangedDate>('DateChange').implement({
  description:
    'A date of a term, of a change that is still to come, or of the agreement’s end, that is different.',
  fields: (t) => ({
    what: t.expose('what', { type: DiffDate }),
    changeId: t.exposeID('changeId', { nullable: true }),
    old: t.field({ type: Edtf, nullable: true, resolve: ({ old }) => old }),
    new: t.field({ type: Edtf, nullable: true, resolve: ({ new: now }) => now }),
    days: t.exposeInt('days', {
      nullable: true,
      description: 'By how many days later; null where the two can not be compared.',
    }),
  }),
});

export const StandingChange = builder.objectRef<ChangedStanding>('StandingChange').implement({
  description: 'The standing of a term or of the agreement; null before anything is agreed.',
  fields: (t) => ({
    old: t.exposeString('old', { nullable: true }),
    new: t.exposeString('new', { nullable: true }),
  }),
});

export const Certainty = builder
  .objectRef<NonNullable<DiffEntry['certain']>>('CertaintyChange')
  .implement({
    description: 'Whether the dates leave no doubt that the term reads so on the day.',
    fields: (t) => ({ old: t.exposeBoolean('old'), new: t.exposeBoolean('new') }),
  });

export const Place = builder.objectRef<TermPlace>('Place').implement({
  description: 'Where a term stands in reading order: behind that term, or first.',
  fields: (t) => ({
    termId: t.exposeID('termId'),
    after: t.exposeID('after', { nullable: true }),
  }),
});

export const Materiality = builder.objectRef<Material>('Materiality').implement({
  description: 'Why a difference matters: the rule, and the words and facts that tripped it.',
  fields: (t) => ({
    flag: t.expose('flag', { type: MaterialFlag }),
    rule: t.exposeString('rule'),
    removed: t.stringList({ resolve: ({ removed }) => [...removed] }),
    added: t.stringList({ resolve: ({ added }) => [...added] }),
    facts: t.stringList({
      description: 'Names of the facts.',
      resolve: ({ facts }) => [...facts],
    }),
  }),
});

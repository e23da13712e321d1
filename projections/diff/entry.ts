import type { ChangeId } from '#events/values.ts';
import type { Revision, TermState } from '../state.ts';
import type { FactChange } from './facts.ts';
import type { Materiality } from './material.ts';
import type { DateChange, FieldChange, Place, StandingChange } from './parts.ts';
import type { WordHunk } from './words.ts';

/** What became of a term, or of the agreement, between two states. */
export const EFFECTS = [
  'ADDED',
  'REMOVED',
  'AMENDED',
  'REPLACED',
  'SPLIT',
  'MERGED',
  'RENUMBERED',
  'MOVED',
  'SUSPENDED',
  'RESUMED',
  'STANDING_CHANGED',
  'DATE_CHANGED',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** An effect; or CORRECTED, where the record of the past was put right and the parties did nothing. */
export const ENTRY_KINDS = [...EFFECTS, 'CORRECTED'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * What the two points of a difference differ in: EFFECTIVE, in the day, so that the deal changed; KNOWLEDGE, in what
 * was known, so that we restated it; or BOTH.
 */
export const AXES = ['EFFECTIVE', 'KNOWLEDGE', 'BOTH'] as const;
export type Axis = (typeof AXES)[number];

/** A difference before it is weighed. */
export type Unweighed = Omit<DiffEntry, 'material'>;

/** One difference between two states. A term that differs in several ways has an entry for each. */
export type DiffEntry = {
  readonly kind: EntryKind;
  /** Equal to `kind`, but where that is CORRECTED: what the correction came to. */
  readonly effect: Effect;
  /** Absent where only the states are known, not the points that they are of. */
  readonly axis?: Axis;
  /** Why the terms of the two sides belong together; absent where one side is empty. */
  readonly matchedBy?: 'ID' | 'LINEAGE' | 'STRUCTURE';
  /** The terms before and after, in reading order; both empty where the agreement itself is meant. */
  readonly from: readonly TermState[];
  readonly to: readonly TermState[];
  readonly fields: readonly FieldChange[];
  readonly facts: readonly FactChange[];
  /** Of the prose; empty where that is the same. Moves are numbered over all entries of a diff. */
  readonly words: readonly WordHunk[];
  readonly dates: readonly DateChange[];
  readonly standing?: StandingChange;
  /** Whether the dates leave no doubt that the term reads so on the day. */
  readonly certain?: { readonly old: boolean; readonly new: boolean };
  readonly material: readonly Materiality[];
  /** The changes that made the difference. */
  readonly causedBy: readonly ChangeId[];
  /** What the two states of knowledge say differently about these changes. */
  readonly revisions: readonly Revision[];
  /** Places that terms leave in the old reading order, and take in the new one. */
  readonly leaves: readonly Place[];
  readonly takes: readonly Place[];
};

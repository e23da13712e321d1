import type { Day } from '#events/days.ts';
import type { ChangeId, EventId, TermId } from '#events/values.ts';
import type { ChangeView } from '../change-view.ts';
import type {
  ClaimState,
  EndedTerm,
  Finding,
  LineageEdge,
  Possibility,
  TermState,
} from '../state.ts';
import type { Rule } from './rules.ts';

/** Why something is as it is: one rule of the model, applied. */
export type Reason = {
  readonly rule: Rule;
  /** The changes that it is owed to, such as the one that prevails, displaces, voids or ends. */
  readonly by: readonly ChangeId[];
  /** The fields of the term that it is about (`prose`, `facts.price`, …); none: all of it. */
  readonly fields: readonly string[];
  /** The day that it hangs on, where one does. */
  readonly day?: Day;
  /** For a reader: a part of a sentence, without a full stop. */
  readonly text: string;
};

/**
 * What became of one change, as far as the term goes. `WON`: all that it says stands, or it is why the term is not
 * there. `WON_IN_PART`: some of it stands. `LOST`: it was applied, and nothing of it stands. `ON_TOP`: an overlay
 * that covers the term. `BESIDE`: it is applied and alters no value. `LEFT_OUT`: it is not applied.
 */
export const VERDICTS = ['WON', 'WON_IN_PART', 'LOST', 'ON_TOP', 'BESIDE', 'LEFT_OUT'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A record operation that says something else of a change, or of its paper, than was recorded first. */
export type Correction = {
  readonly eventId: EventId;
  readonly of: 'CHANGE' | 'INSTRUMENT';
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  /** What was recorded first and what counts now, as JSON values; only fields that differ. */
  readonly fields: readonly {
    readonly name: string;
    readonly before?: unknown;
    readonly now?: unknown;
  }[];
};

export type ExplainedChange = {
  readonly change: ChangeView;
  readonly verdict: Verdict;
  /** Why, the first being the one that decides; never none. */
  readonly reasons: readonly Reason[];
  readonly corrections: readonly Correction[];
  /** It is among what the term's value is owed to: set it whole last, or was applied behind that. */
  readonly caused: boolean;
};

/** Why one term stands as it does at a point, or why it does not. */
export type Explanation = {
  readonly termId: TermId;
  /** Present while it is in force. */
  readonly term?: TermState;
  /** Present when it was in force and is no more. */
  readonly ended?: EndedTerm;
  /** Why it stands as it does as a whole, and what limits the answer. */
  readonly reasons: readonly Reason[];
  /**
   * Every change that concerns it, each once: those applied in the order of their application, then those that
   * are not, in order. Changes that are not known at the point are in `later`.
   */
  readonly changes: readonly ExplainedChange[];
  /** Claims that are about it, which alter nothing. */
  readonly claims: readonly ClaimState[];
  /** The edges of lineage that lead to it and from it. */
  readonly lineage: readonly LineageEdge[];
  readonly possibly: readonly Possibility[];
  readonly findings: readonly Finding[];
  /** What was recorded or announced after the point and concerns it: this part grows with the log. */
  readonly later: readonly Reason[];
};

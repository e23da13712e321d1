import type { Command } from '#agreement/commands.ts';
import type { Unreadable } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import type { ChangeId } from '#events/values.ts';
import type { Impacted } from '#portfolio/index-reader.ts';
import type { PortfolioRow } from '#portfolio/question.ts';
import type { Bisection } from '#projections/bisect/bisect.ts';
import type { Condition } from '#projections/bisect/condition.ts';
import type { Blame } from '#projections/blame.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { ClaimRecord } from '#projections/claim-records.ts';
import type { Assumptions } from '#projections/coordinates.ts';
import type { StateDiff } from '#projections/diff/terms.ts';
import type { Explanation } from '#projections/explain/explanation.ts';
import type { Lineage } from '#projections/lineage.ts';
import type { AgreementState, CoverageState } from '#projections/state.ts';
import type { TermHistory } from '#projections/term-history.ts';
import type { TimelineEntry } from '#projections/timeline.ts';
import type { Tracked, TrackRecord } from '#projections/track-record.ts';
import type { Version } from '#projections/versions.ts';
import type { CommandContext, Outcome } from './execute.ts';
import type { FeedFilter } from './feed-filter.ts';
import type { FeedItem } from './feed-item.ts';
import type { PortfolioQuestion } from './portfolio-question.ts';
import type { Question } from './question.ts';

/** The resolved coordinates of an answer. Handed back as a question it gives the same bytes. */
export type Basis = {
  readonly effectiveOn: string;
  /** Instant in UTC. */
  readonly knownAt: string;
  readonly position: number;
  readonly knowledge: 'RECORDED' | 'PUBLIC';
  readonly executedBy?: string;
  readonly assume?: Assumptions;
  readonly uncertain: 'REPORT' | 'EARLIEST' | 'LATEST';
  /** Version of the projection that computed the answer. */
  readonly projection: number;
  /** SHA-256, in hex, of the state's canonical JSON. */
  readonly digest: string;
  readonly coverage?: CoverageState;
  /** Instant in UTC: what the log was given since then may be missing here. Absent: nothing is. */
  readonly behindSince?: string;
};

export type Answer = { readonly state: AgreementState; readonly basis: Basis };

/** A page of events after a place, in order. `next` is absent on the last page. */
export type EventsPage = {
  readonly events: readonly (Recorded | Unreadable)[];
  readonly next?: number;
};

/** What can be asked. An agreement that is not there gives `undefined`; a bad question throws QuestionError. */
export type Views = {
  /** Ids of all agreements, in order of id. */
  agreements(): Promise<readonly string[]>;
  /** A page of the agreements that fulfil what is asked; `first` from 0, `after` a cursor of the same question. */
  portfolio(
    asked: PortfolioQuestion,
    page: { readonly first: number; readonly after?: string | undefined },
  ): Promise<PortfolioPage>;
  /**
   * The other agreements that share a party, and have a term in force of a kind, that a change or all changes of an
   * instrument are about. Undefined also where nothing of that id is known.
   */
  impact(agreementId: string, id: string, question: Question): Promise<ImpactAnswer | undefined>;
  /** True when the agreement is recorded. */
  has(agreementId: string): Promise<boolean>;
  stateAt(agreementId: string, question: Question): Promise<Answer | undefined>;
  copy(agreementId: string, question: Question): Promise<CopyAnswer | undefined>;
  diff(agreementId: string, from: Question, to: Question): Promise<DiffAnswer | undefined>;
  versions(agreementId: string, question: Question): Promise<VersionsAnswer | undefined>;
  timeline(agreementId: string, question: Question): Promise<TimelineAnswer | undefined>;
  claims(agreementId: string, question: Question): Promise<ClaimsAnswer | undefined>;
  term(agreementId: string, termId: string, question: Question): Promise<TermAnswer | undefined>;
  /** Why a term stands as it does. @throws {QuestionError} NO_SUCH_TERM for one that no record names */
  explain(agreementId: string, at: Question, termId: string): Promise<ExplainAnswer | undefined>;
  /** Where a condition holds along the days, and along what was known. What the question assumes is left out. */
  bisect(agreementId: string, at: Question, of: Condition): Promise<BisectAnswer | undefined>;
  /** Where a term came from and went, over all days. @throws {QuestionError} NO_SUCH_TERM */
  lineage(agreementId: string, at: Question, termId: string): Promise<LineageAnswer | undefined>;
  /** Changes by id as known at a basis; ids that are not known there are left out. */
  changes(
    agreementId: string,
    ids: readonly ChangeId[],
    at: Question,
  ): Promise<readonly ChangeView[]>;
  /** What became of the claims of each source, over all agreements. What the question assumes is left out. */
  trackRecords(of: Tracked, at: Question): Promise<TrackRecords>;
  /** One agreement's events by revision, or the whole log's by position, after a place, exclusive. */
  events(page: {
    readonly agreementId?: string;
    readonly after: number;
    readonly first: number;
  }): Promise<EventsPage>;
  event(eventId: string): Promise<Recorded | Unreadable | undefined>;
};

export type PortfolioPage = {
  readonly rows: readonly (Omit<PortfolioRow, 'place'> & { readonly cursor: string })[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  /** The log's end when the list was begun; its pages know nothing later. */
  readonly position: number;
};
export type ImpactAnswer = {
  /** What the change touches: kinds of terms, and the parties of its own agreement. */
  readonly kinds: readonly string[];
  readonly parties: readonly string[];
  /** In order of id. */
  readonly agreements: readonly Impacted[];
};
export type DiffAnswer = {
  readonly diff: StateDiff;
  readonly from: Answer;
  readonly to: Answer;
};
/** A state with what a conformed copy needs beside it: where each passage comes from, and all changes named. */
export type CopyAnswer = Answer & {
  readonly blame: readonly Blame[];
  readonly changes: readonly ChangeView[];
};
export type TermAnswer = TermHistory & { readonly basis: Basis };
export type ExplainAnswer = {
  readonly explanation: Explanation;
  /** Where the words and fields come from; absent while the term is not in force. */
  readonly blame?: Blame;
  readonly basis: Basis;
};
export type BisectAnswer = Bisection & { readonly basis: Basis };
export type LineageAnswer = Lineage & { readonly basis: Basis };
export type VersionsAnswer = { readonly versions: readonly Version[]; readonly basis: Basis };
export type TimelineAnswer = { readonly entries: readonly TimelineEntry[]; readonly basis: Basis };
export type ClaimsAnswer = { readonly claims: readonly ClaimRecord[]; readonly basis: Basis };

/** Asked again with the same day, `knownAt` and `position` it is the same. */
export type TrackRecords = {
  readonly sources: readonly TrackRecord[];
  /** Instant in UTC. */
  readonly knownAt: string;
  readonly position: number;
};

/**
 * `starting`: nothing can be read yet. `read-only`: questions are answered, a write would fail, or failed the last
 * time. A reason is a code such as `DISK_FULL` or `UNREACHABLE`.
 */
export type Health =
  | { readonly status: 'ready' }
  | { readonly status: 'starting'; readonly reason?: string }
  | {
      readonly status: 'read-only';
      readonly reason: string;
      /** Instant in UTC: answers hold what the log had then. Absent: they hold all that it has. */
      readonly behindSince?: string;
    };

/** The place where rules, log and readings meet. */
export type App = AsyncDisposable & {
  execute(command: Command, context: CommandContext): Promise<Outcome>;
  readonly views: Views;
  /** Changes after a cursor (absent: from the beginning), then live until the signal aborts. */
  changes(
    filter: FeedFilter,
    options: {
      readonly after?: string;
      readonly signal: AbortSignal;
    },
  ): AsyncIterable<FeedItem>;
  health(): Health;
};

import type { Day } from '#events/days.ts';
import type { Fact } from '#events/facts.ts';
import type { FindingCode } from '#events/record.ts';
import type {
  AgreementId,
  ChangeId,
  EventId,
  Grade,
  InstrumentId,
  TermId,
} from '#events/values.ts';

/** What a term says. Facts are in order of name. */
export type Value = {
  readonly kind: string;
  readonly heading?: string;
  readonly number?: string;
  readonly prose?: string;
  readonly facts: { readonly [name: string]: Fact };
};

/** An overlay that covers the day. */
export type OverlayState = {
  readonly overlayId: string;
  readonly kind: 'WAIVER' | 'SUSPENSION' | 'FORBEARANCE' | 'SIDE_LETTER';
  readonly changeId: ChangeId;
  /** Present: it holds between these parties only. */
  readonly between?: readonly string[];
  readonly text?: string;
};

/** One term in force on the day. */
export type TermState = {
  readonly termId: TermId;
  readonly value: Value;
  readonly standing: 'IN_FORCE';
  /** First day of the change that brought the term in; absent when that day is not known. */
  readonly inForceSince?: Day;
  /** The change that last set the whole value, then all applied behind it, in order. */
  readonly causedBy: readonly ChangeId[];
  /** The weakest grade among `causedBy`. */
  readonly evidence: Grade;
  /** False while a waiver or suspension covers it. */
  readonly applies: boolean;
  readonly overlays: readonly OverlayState[];
  /** Start of the last affirmation that names it. */
  readonly lastAffirmed?: Day;
  /** False when an uncertain date may have changed it on this day. */
  readonly certain: boolean;
};

/** A term that was in force and is no more. */
export type EndedTerm = {
  readonly termId: TermId;
  readonly standing: 'REPLACED' | 'REMOVED' | 'EXPIRED' | 'TERMINATED' | 'VOIDED';
  /** What ended it; for the agreement's own end, the change that stated it. */
  readonly causedBy: ChangeId;
  /** The terms that took its place. */
  readonly successors: readonly TermId[];
};

/** Where one term’s meaning went. */
export type LineageEdge = {
  readonly from: TermId;
  readonly to: TermId;
  readonly changeId: ChangeId;
};

/** A change that is not in force yet, or never will be. */
export type PendingChange = {
  readonly changeId: ChangeId;
  readonly instrumentId: InstrumentId;
  readonly standing: 'SCHEDULED' | 'PROSPECTIVE' | 'LAPSED';
  readonly terms: readonly TermId[];
  /** Bounds of the start, inclusive; absent where open or not known. */
  readonly earliest?: Day;
  readonly latest?: Day;
  /** The conditions still open. */
  readonly conditions: readonly string[];
};

export type ClaimState = {
  readonly claimId: string;
  readonly stage: 'RUMOURED' | 'PROPOSED' | 'AGREED_IN_PRINCIPLE';
  readonly open: boolean;
  readonly outcome?: 'CONFIRMED' | 'PARTLY' | 'REFUTED' | 'LAPSED' | 'WITHDRAWN';
  readonly statement: string;
  readonly by: string;
  /** The first report's date as its source gives it. */
  readonly reportedAt: string;
  readonly resolvedOn?: string;
  readonly resolvedBy: readonly ChangeId[];
  /** Days from the first report to the resolution. */
  readonly leadTimeDays?: number;
  readonly denied: boolean;
  readonly corroborated: boolean;
  readonly about: readonly TermId[];
};

export type PartyState = {
  readonly partyId: string;
  readonly name: string;
  readonly role?: string;
  /** Whose place it took, or who assigned to it. */
  readonly predecessor?: string;
  /** To whom it assigned; it stays a party as assignor. */
  readonly assignedTo?: string;
};

export type ConsentState = {
  readonly consentId: string;
  readonly by: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly terms: readonly TermId[];
  readonly changeId: ChangeId;
  readonly since?: Day;
};

export type RightState = {
  readonly termId: TermId;
  readonly outcome: 'EXERCISED' | 'DECLINED' | 'LAPSED';
  readonly subject?: string;
  readonly changeId: ChangeId;
  readonly on?: Day;
};

/** A date whose bounds the day lies in: it may or may not have come. */
export type Possibility = {
  /** The change; for EXPIRED the one that stated the agreement's end. */
  readonly change: ChangeId;
  readonly what: 'STARTED' | 'ENDED' | 'EXPIRED';
  readonly terms: readonly TermId[];
};

/** Something a reader must know before relying on the answer. */
export type Finding = {
  readonly code: FindingCode;
  /** In the order in which the code's rule names them. */
  readonly changes: readonly ChangeId[];
  readonly terms: readonly TermId[];
  readonly message: string;
};

export type CoverageState = {
  readonly from: Day;
  readonly observedThrough: Day;
  /** The day lies behind `observedThrough`. */
  readonly stale: boolean;
  /** The gap that the day lies in. */
  readonly gap?: { readonly from: Day; readonly until: Day; readonly reason: string };
};

/** A change of which the record says something else than was recorded first. */
export type Revision = {
  readonly changeId: ChangeId;
  readonly how: 'CORRECTED' | 'RETRACTED';
  /** The record operation that says so. */
  readonly by: EventId;
};

/** The answer to one question about one agreement (the terms in reading order). */
export type AgreementState = {
  readonly agreementId: AgreementId;
  readonly title: string;
  readonly description?: string;
  readonly timeZone: string;
  /** Absent before anything is known to be agreed. */
  readonly standing?: 'SCHEDULED' | 'PROSPECTIVE' | 'IN_FORCE' | 'EXPIRED' | 'TERMINATED';
  /** The first day no longer in force, as its source gives it. */
  readonly endsOn?: string;
  /** Why everything is empty; NOT_RECORDED: the agreement itself is not known at these coordinates. */
  readonly empty?: 'BEFORE_COVERAGE' | 'NOT_RECORDED';
  readonly coverage?: CoverageState;
  readonly parties: readonly PartyState[];
  readonly terms: readonly TermState[];
  readonly ended: readonly EndedTerm[];
  readonly lineage: readonly LineageEdge[];
  readonly consents: readonly ConsentState[];
  readonly rights: readonly RightState[];
  readonly scheduled: readonly PendingChange[];
  readonly prospective: readonly PendingChange[];
  readonly lapsed: readonly PendingChange[];
  readonly claims: readonly ClaimState[];
  readonly possibly: readonly Possibility[];
  readonly findings: readonly Finding[];
  readonly revised: readonly Revision[];
};

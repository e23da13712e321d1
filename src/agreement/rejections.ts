/** The place of an input inside its command: `['changes', 0, 'amendTerm', 'termId']`. */
export type Path = readonly (string | number)[];

type Entry = { readonly message: string; readonly remedy: string };

/**
 * Every "no" that the rules can say: the fact in the way, and what to do about it. `{name}` stands for a detail
 * of the rejection. The GraphQL enum and docs/reference/rejections.md are made from this table.
 */
export const REJECTIONS = {
  AgreementNotRecorded: {
    message: 'Agreement {agreement} is not recorded.',
    remedy: 'Record it first: RecordAgreement, or the head of its agreement file.',
  },
  AgreementRetracted: {
    message: 'The record of agreement {agreement} was retracted.',
    remedy: 'Give it back by retracting the retraction {retraction}.',
  },
  AgreementDiffers: {
    message: 'Agreement {agreement} is recorded already with other content: {summary}.',
    remedy: 'Restore what was recorded, or say why it was wrong: correct: "reason" (--correct).',
  },
  InstrumentDiffers: {
    message: 'Instrument {instrument} is recorded already with other content: {summary}.',
    remedy:
      'Restore what was recorded, give a new paper a new id, or say why the record was wrong: correct: "reason" (--correct).',
  },
  InstrumentRetracted: {
    message: 'Instrument {instrument} was recorded and retracted.',
    remedy: 'Give it back by retracting the retraction {retraction}.',
  },
  ClaimDiffers: {
    message: 'Claim {claim} is reported at this stage already with other content: {summary}.',
    remedy:
      'Restore what was recorded, report the next stage, or say why the record was wrong: correct: "reason" (--correct).',
  },
  ClaimRetracted: {
    message: 'The report of claim {claim} at this stage was retracted.',
    remedy: 'Give it back by retracting the retraction {retraction}.',
  },
  TagDiffers: {
    message: 'Tag {tag} names another point already: {summary}.',
    remedy: 'Choose another name, or say why the record was wrong: correct: "reason" (--correct).',
  },
  TagRetracted: {
    message: 'Tag {tag} was retracted.',
    remedy: 'Give it back by retracting the retraction {retraction}, or choose another name.',
  },
  NoSuchTerm: {
    message: 'Term {term} is not there{when}.',
    remedy:
      'Check its id and the dates, or record the instrument that brings it in first.{nearest}',
  },
  TermTwice: {
    message: 'Term {term} is named twice in one change.',
    remedy: 'Name it once.',
  },
  NoSuchChange: {
    message: 'No change is called {change}.',
    remedy: 'Check the change id, or record its instrument first.{nearest}',
  },
  NoSuchInstrument: {
    message: 'No instrument is called {instrument}.',
    remedy: 'Check the id, or record the instrument first.{nearest}',
  },
  NoSuchTarget: {
    message: 'The target {target} is not there.',
    remedy:
      'Name an event by its id or its key: agreement, instrument:<id>, change:<changeId>, claim:<claimId>/<stage>, tag:<tag>, coverage; a change by its change id.{nearest}',
  },
  TargetElsewhere: {
    message: 'Change {target} says nothing about term {term}.',
    remedy: 'Name a change that brought the term in or amended it, or leave the target out.',
  },
  UnknownParty: {
    message: 'No party is called {party}.',
    remedy: 'Check the id, or let the party join first (joinParty).{nearest}',
  },
  UnknownCondition: {
    message: 'No change waits for a condition called {condition}.',
    remedy:
      'Check the id against effectiveFrom: { onConditions: [...] } of what waits for it.{nearest}',
  },
  UnknownConsent: {
    message: 'No consent is called {consent}.',
    remedy: 'Check the id, or record the grant first (grantConsent).{nearest}',
  },
  UnknownOverlay: {
    message: 'No overlay is called {overlay}.',
    remedy: 'Check the id, or record the overlay first (applyOverlay).{nearest}',
  },
  UnknownClaim: {
    message: 'No claim is called {claim}.',
    remedy: 'Check the id, or report the claim first (ReportClaim).{nearest}',
  },
  PartyTwice: {
    message: 'Party {party} is named twice.',
    remedy: 'Name each party once, each with its own id.',
  },
  ConditionAlreadyResolved: {
    message: 'Condition {condition} is resolved already by change {change}.',
    remedy: 'A condition counts once: correct or retract that change instead.',
  },
  ConditionNotVoidable: {
    message: 'Change {change} resolves a condition and can be neither voided nor displaced.',
    remedy: 'If the record is wrong, correct or retract it.',
  },
  ChangeIdTaken: {
    message: 'The change id {change} is taken by {taker}.',
    remedy: 'Give this change another changeId.',
  },
  EndsBeforeStart: {
    message: '{what} ends ({until}) before it starts ({from}).',
    remedy:
      'Check the two days; an end is the first day no longer covered, of coverage the last one.',
  },
  NothingChanged: {
    message: '{what} changes nothing.',
    remedy: 'State what is new, leave it out, or affirm the term instead (affirmTerms).',
  },
  LineageLoops: {
    message: 'Term {term} would come back to itself by way of its successors: {way}.',
    remedy:
      'Give the new term an id of its own; to change a term that keeps its id, use amendTerm.',
  },
  DisplacementLoops: {
    message: 'Change {change} would displace or void itself: {way}.',
    remedy: 'Let one change take the place of the other, not each of the other.',
  },
  RectificationLoops: {
    message: 'Change {change} would rectify itself: {way}.',
    remedy: 'Name the change that first stated the text.',
  },
  DataDoesNotFit: {
    message: 'The data is no payload of {type}: {problem}.',
    remedy:
      'A correction carries the whole payload of its target; "codicil log ID --json" shows it.',
  },
  IdentityChanged: {
    message: 'A correction keeps the identity of its target: {field} is {recorded}, not {given}.',
    remedy: 'Retract the target and record anew what has another identity.',
  },
  AlreadyRetracted: {
    message: 'The target {target} is retracted already.',
    remedy: 'To give it back, retract the retraction {retraction}.',
  },
  WinnerNotAmongChanges: {
    message: 'The winner {winner} is not among the changes in conflict.',
    remedy: 'Name it among the changes, or choose one of them.',
  },
  CommandIdReused: {
    message: 'The command id {commandId} was used before, for another command.',
    remedy: 'Give every new command an id of its own; send an id again only with the same content.',
  },
} as const satisfies { readonly [code: string]: Entry };

export type RejectionCode = keyof typeof REJECTIONS;
export const REJECTION_CODES = Object.keys(REJECTIONS) as readonly RejectionCode[];

export type Details = { readonly [name: string]: unknown };

/** Why a command is refused. `path` leads to the offending input; `details` holds what the message speaks of. */
export type Rejection = {
  readonly code: RejectionCode;
  readonly message: string;
  readonly path: Path;
  readonly details: Details;
};

const filled = (template: string, details: Details): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });

/** A rejection whose message is its code's template, filled with the details. */
export const rejection = (code: RejectionCode, path: Path, details: Details): Rejection => {
  const { message, remedy } = REJECTIONS[code];
  return { code, message: filled(`${message} ${remedy}`, details), path, details };
};

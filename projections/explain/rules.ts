/** A rule of the model: where docs/model.md has it, and what it says. */
type Stated = { readonly section: string; readonly says: string };

/** Every rule by which a change or a term can come to stand as it does; the names are those of the API. */
export const RULES = {
  PREVAILS: {
    section: '6.6',
    says: 'Changes are applied in order, and what none behind says otherwise stands.',
  },
  LATER_START: { section: '6.5', says: 'Of two changes the one that starts later prevails.' },
  LATER_EXECUTION: {
    section: '6.5',
    says: 'Of two that start on the same day the one executed later prevails.',
  },
  STRONGER_PROOF: {
    section: '6.5',
    says: 'Of two with the same start and execution the one whose instrument is better proven prevails.',
  },
  LATER_RECORDED: {
    section: '6.5',
    says: 'Where start, execution and proof are the same, the one recorded later prevails.',
  },
  RECTIFIED: {
    section: '6.3',
    says: 'A rectification counts as if its target had said so from the beginning.',
  },
  WAITED_FOR_TERM: {
    section: '6.12',
    says: 'A change none of whose terms is there yet waits for the change of that day that brings one in.',
  },
  CONFLICT_RESOLVED: {
    section: '6.5',
    says: 'The winner of a resolved conflict is applied once more behind the others.',
  },
  WHOLE_VALUE: { section: '6.6', says: 'A whole value replaces all that lies beneath it.' },
  ASSUMED: { section: '6.9', says: 'Assumed changes are put behind all others.' },
  SCHEDULED: { section: '6.4', says: 'A change counts from its start on.' },
  UNCERTAIN_START: {
    section: '6.3',
    says: 'A certain answer takes the latest day of each start.',
  },
  UNCERTAIN_END: { section: '6.3', says: 'A certain answer takes the earliest day of each end.' },
  PROSPECTIVE: { section: '6.3', says: 'A start that waits for conditions comes with the last.' },
  LAPSED: {
    section: '6.3',
    says: 'A failed condition or a passed long stop makes a change lapse.',
  },
  ENDED: { section: '6.6', says: 'When a change ends, what lies beneath shows again.' },
  REPLACEMENT_ENDED: {
    section: '6.6',
    says: 'The end of a replacement brings nothing back unless it revives what it replaced.',
  },
  DISPLACED: { section: '6.4', says: 'A displaced change is not applied.' },
  VOIDED: { section: '6.4', says: 'A voided change ends with the voiding.' },
  VOIDED_AB_INITIO: { section: '6.4', says: 'What is voided from the beginning was never there.' },
  TERM_NOT_THERE: {
    section: '6.12',
    says: 'Of a change the part is left out whose term is not there.',
  },
  LEAVES_AS_IS: { section: '6.6', says: 'What a change does not state stays as it is.' },
  NOT_EXECUTED_THEN: {
    section: '6.4',
    says: 'A question judged on a day leaves out what was executed later.',
  },
  NOT_KNOWN_THEN: { section: '6.1', says: 'What is recorded later is not known.' },
  NOT_PUBLIC_THEN: {
    section: '6.1',
    says: 'The public knows a change from its announcement or its first publication.',
  },
  RETRACTED: { section: '6.2', says: 'A retracted record is away.' },
  CORRECTED: { section: '6.2', says: 'What is there says what its last correction says.' },
  REMOVED: { section: '6.6', says: 'Removed terms end.' },
  REPLACED: { section: '6.6', says: 'Replaced terms end, and others take their place.' },
  AGREEMENT_TERMINATED: {
    section: '6.7',
    says: 'A termination ends all terms that it does not let survive.',
  },
  AGREEMENT_EXPIRED: {
    section: '6.7',
    says: 'From the day on which the agreement ends its terms are expired, except survivors.',
  },
  SURVIVES: { section: '6.7', says: 'What the end of the agreement lets survive remains.' },
  SWITCHED_OFF: {
    section: '6.8',
    says: 'Under a waiver or suspension a term keeps its value and does not apply.',
  },
  SHOWN_ON_TOP: {
    section: '6.8',
    says: 'A forbearance, a side letter, or what holds between some parties only, leaves a term applying.',
  },
  OVERLAY_LIFTED: { section: '6.8', says: 'An overlay lies until its end or until it is lifted.' },
  STANDS_BESIDE: {
    section: '6.11',
    says: 'Consents, rights, affirmations and the like alter no value.',
  },
  CLAIM_ALTERS_NOTHING: { section: '1', says: 'A claim never alters the terms in force.' },
  NOT_BROUGHT_IN: { section: '6.6', says: 'A term is there once a change has brought it in.' },
  BEFORE_COVERAGE: { section: '6.11', says: 'Before coverage begins everything is empty.' },
  BEHIND_COVERAGE: {
    section: '6.11',
    says: 'After coverage ends the answer is there and marked stale.',
  },
  IN_A_GAP: {
    section: '6.11',
    says: 'In a gap of coverage the answer is there and names the gap.',
  },
  NOT_RECORDED: { section: '6.1', says: 'Nothing is known before the agreement is recorded.' },
} as const satisfies { readonly [rule: string]: Stated };

export type Rule = keyof typeof RULES;
export const RULE_NAMES = Object.keys(RULES) as readonly Rule[];

import { CLAIM_STAGES } from '#events/claims.ts';
import { EVENT_TYPES } from '#events/event.ts';
import { FINDING_CODES } from '#events/record.ts';
import { GRADES } from '#events/values.ts';
import { AGREEMENT_STANDINGS, COMPARISONS } from '#projections/bisect/condition.ts';
import { VERDICTS } from '#projections/explain/explanation.ts';
import { RULE_NAMES, RULES } from '#projections/explain/rules.ts';
import { TRACKED } from '#projections/track-record.ts';
import { builder } from '../builder.ts';

export const Knowledge = builder.enumType('Knowledge', {
  description: 'Whose knowledge a question is asked of.',
  values: ['RECORDED', 'PUBLIC'] as const,
});
export const Uncertain = builder.enumType('Uncertain', {
  description: 'What to do inside the bounds of an uncertain date.',
  values: ['REPORT', 'EARLIEST', 'LATEST'] as const,
});
export const Grade = builder.enumType('Grade', {
  description: 'Strength of the proof for a statement, strongest first.',
  values: GRADES,
});
export const EventType = builder.enumType('EventType', {
  description: 'The words of the log: everything that can have happened.',
  values: EVENT_TYPES,
});
export const FindingCode = builder.enumType('FindingCode', { values: FINDING_CODES });
export const AgreementStanding = builder.enumType('AgreementStanding', {
  values: AGREEMENT_STANDINGS,
});
export const EmptyReason = builder.enumType('EmptyReason', {
  description: 'Why an answer is empty.',
  values: {
    BEFORE_COVERAGE: { description: 'The day lies before our observation begins.' },
    NOT_RECORDED: { description: 'The agreement itself is not known at these coordinates.' },
  } as const,
});
export const TermStanding = builder.enumType('TermStanding', {
  values: ['IN_FORCE', 'REPLACED', 'REMOVED', 'EXPIRED', 'TERMINATED', 'VOIDED'] as const,
});
export const ChangeStanding = builder.enumType('ChangeStanding', {
  description: 'A change’s own standing in law on the day asked about.',
  values: [
    'SCHEDULED',
    'PROSPECTIVE',
    'IN_FORCE',
    'EXPIRED',
    'VOIDED',
    'DISPLACED',
    'LAPSED',
  ] as const,
});
export const OverlayKind = builder.enumType('OverlayKind', {
  values: ['WAIVER', 'SUSPENSION', 'FORBEARANCE', 'SIDE_LETTER'] as const,
});
export const RightOutcome = builder.enumType('RightOutcome', {
  values: ['EXERCISED', 'DECLINED', 'LAPSED'] as const,
});
export const ConditionOutcome = builder.enumType('ConditionOutcome', {
  values: ['SATISFIED', 'WAIVED', 'FAILED'] as const,
});
export const SuccessionKind = builder.enumType('SuccessionKind', {
  values: ['RENAMED', 'MERGED', 'ASSIGNED', 'NOVATED'] as const,
});
export const ClaimStage = builder.enumType('ClaimStage', { values: CLAIM_STAGES });
export const ClaimStance = builder.enumType('ClaimStance', {
  values: ['CORROBORATED', 'DENIED', 'WITHDRAWN'] as const,
});
export const ClaimResolution = builder.enumType('ClaimResolution', {
  description: 'What a resolution says about a claim.',
  values: ['CONFIRMED', 'PARTLY', 'REFUTED', 'LAPSED'] as const,
});
export const ClaimOutcome = builder.enumType('ClaimOutcome', {
  description: 'How a claim ended.',
  values: ['CONFIRMED', 'PARTLY', 'REFUTED', 'LAPSED', 'WITHDRAWN'] as const,
});
export const PossibilityKind = builder.enumType('PossibilityKind', {
  values: ['STARTED', 'ENDED', 'EXPIRED'] as const,
});
export const FactKind = builder.enumType('FactKind', {
  values: ['MONEY', 'PERCENT', 'QUANTITY', 'DATE', 'DURATION', 'PARTY', 'FLAG', 'TEXT'] as const,
});
export const RevisionKind = builder.enumType('RevisionKind', {
  description: 'What a record operation did to what was recorded first.',
  values: ['CORRECTED', 'RETRACTED'] as const,
});
export const Rule = builder.enumType('Rule', {
  description: 'A rule of the model by which a change or a term comes to stand as it does.',
  values: Object.fromEntries(
    RULE_NAMES.map((rule) => [rule, { value: rule, description: RULES[rule].says }]),
  ),
});
export const Verdict = builder.enumType('Verdict', {
  description: 'What became of one change, as far as one term goes.',
  values: VERDICTS,
});
export const RevisionSubject = builder.enumType('RevisionSubject', {
  description: 'Whose record was corrected: the change’s own, or that of its paper.',
  values: ['CHANGE', 'INSTRUMENT'] as const,
});
export const Comparison = builder.enumType('Comparison', {
  description: 'How a fact compares with a value.',
  values: COMPARISONS,
});
export const ClaimStepKind = builder.enumType('ClaimStepKind', {
  description: 'What was said of a claim, or became of it.',
  values: [
    'REPORTED',
    'CORROBORATED',
    'DENIED',
    'WITHDRAWN',
    'CONFIRMED',
    'PARTLY',
    'REFUTED',
    'LAPSED',
  ] as const,
});
export const TrackedSource = builder.enumType('TrackedSource', {
  description: 'Whoever reports a claim, or who publishes what a report cites.',
  values: TRACKED,
});
export const PortfolioKey = builder.enumType('PortfolioKey', {
  description: 'What agreements are ordered by; those without a value come last, equals by id.',
  values: {
    ID: {},
    TITLE: { description: 'Capitals and small letters alike.' },
    ENDS_ON: { description: 'The earliest day of the agreement’s end.' },
    TERMS: { description: 'How many terms are in force.' },
    FACT: {
      description:
        'The first fact of the filter; of several terms that fulfil it the least, or where it descends the greatest.',
    },
  } as const,
});

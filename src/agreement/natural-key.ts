import type { Decided } from '#events/event.ts';
import { type ChangeType, changeSchemas } from '#events/verbs.ts';

/** A change as the rules decide it. */
export type DecidedChange = Decided<ChangeType>;

/** True for the twenty kinds of change. */
export const isDecidedChange = (event: Decided): event is DecidedChange =>
  event.type in changeSchemas;

/**
 * What makes an event itself inside its agreement: the same key is the same event, whoever records it and when.
 * Second thoughts (record operations, assessments, resolutions, coverage) carry the id of their command, so
 * that the same words said again later are not taken for an echo.
 */
export const naturalKey = (event: Decided, commandId: string): string => {
  if (isDecidedChange(event)) return `change:${event.data.changeId}`;
  switch (event.type) {
    case 'AgreementRecorded':
      return 'agreement';
    case 'InstrumentRecorded':
      return `instrument:${event.data.instrumentId}`;
    case 'ClaimReported':
      return `claim:${event.data.claimId}/${event.data.stage}`;
    case 'PointTagged':
      return `tag:${event.data.tag}`;
    case 'CoverageStated':
      return `coverage:${commandId}`;
    case 'ClaimAssessed':
      return `assessment:${event.data.claimId}/${commandId}`;
    case 'ClaimResolved':
      return `resolution:${event.data.claimId}/${commandId}`;
    case 'ConflictResolved':
      return `conflict:${event.data.code}/${commandId}`;
    case 'RecordCorrected':
      return `correction:${event.data.target}/${commandId}`;
    case 'RecordRetracted':
      return `retraction:${event.data.target}/${commandId}`;
    default:
      return unreachable(event);
  }
};

/** For the end of a switch over a closed set: the compiler shows that nothing arrives here. */
export const unreachable = (event: never): never => {
  throw new TypeError(`no rule for ${JSON.stringify(event)}`);
};

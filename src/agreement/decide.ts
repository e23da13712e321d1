import { assessClaim, reportClaim, resolveClaim } from './claims.ts';
import type { Command } from './commands.ts';
import { resolveConflict } from './conflicts.ts';
import { stateCoverage, tagPoint } from './coverage.ts';
import { type Decision, rejected } from './decision.ts';
import { unreachable } from './natural-key.ts';
import { recordAgreement } from './record-agreement.ts';
import { recordInstrument } from './record-instrument.ts';
import { correctRecord, retractRecord } from './record-operations.ts';
import { type Rejection, rejection } from './rejections.ts';
import { type RuleState, retractionOf } from './rule-state.ts';

const byType = (command: Command, state: RuleState): Decision => {
  switch (command.type) {
    case 'RecordAgreement':
      return recordAgreement(command, state);
    case 'RecordInstrument':
      return recordInstrument(command, state);
    case 'ReportClaim':
      return reportClaim(command, state);
    case 'AssessClaim':
      return assessClaim(command, state);
    case 'ResolveClaim':
      return resolveClaim(command, state);
    case 'CorrectRecord':
      return correctRecord(command, state);
    case 'RetractRecord':
      return retractRecord(command, state);
    case 'ResolveConflict':
      return resolveConflict(command, state);
    case 'StateCoverage':
      return stateCoverage(command, state);
    case 'TagPoint':
      return tagPoint(command, state);
    default:
      return unreachable(command);
  }
};

const REPAIRS: ReadonlySet<string> = new Set(['CorrectRecord', 'RetractRecord']);

/** Everything but its own beginning needs the agreement; its record must stand, or be what is repaired. */
const inTheWay = ({ type, agreement }: Command, state: RuleState): Rejection | undefined => {
  const entry = state.byKey.get('agreement');
  if (entry === undefined) {
    if (type === 'RecordAgreement') return undefined;
    return rejection('AgreementNotRecorded', ['agreement'], { agreement });
  }
  const retraction = retractionOf(entry);
  if (retraction === undefined || REPAIRS.has(type)) return undefined;
  const details = { agreement, retraction: retraction.event.id };
  return rejection('AgreementRetracted', ['agreement'], details);
};

/**
 * The rules: what a command records, given everything recorded before. No events: the record says it already.
 * A refusal names everything in the way, not the first thing only.
 */
export const decide = (command: Command, state: RuleState): Decision => {
  const obstacle = inTheWay(command, state);
  return obstacle === undefined ? byType(command, state) : rejected(obstacle);
};

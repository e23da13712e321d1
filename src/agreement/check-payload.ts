import type { Decided } from '#events/event.ts';
import { checkChange } from './check-change.ts';
import { checkReport, checkResolution } from './claims.ts';
import { checkConflict } from './conflicts.ts';
import { checkCoverage } from './coverage.ts';
import { isDecidedChange } from './natural-key.ts';
import { checkParties } from './record-agreement.ts';
import { checkInstrument } from './record-instrument.ts';
import type { Path, Rejection } from './rejections.ts';
import type { RuleState } from './rule-state.ts';
import { sceneOf } from './scene.ts';

/** What speaks against an event of the record saying this instead. */
export const checkPayload = (event: Decided, at: Path, state: RuleState): readonly Rejection[] => {
  if (isDecidedChange(event)) return checkChange(event, at, sceneOf(state, [event]));
  switch (event.type) {
    case 'AgreementRecorded':
      return checkParties(event.data, at);
    case 'InstrumentRecorded':
      return checkInstrument(event.data, at, state);
    case 'ClaimReported':
      return checkReport(event.data, at, state);
    case 'ClaimResolved':
      return checkResolution(event.data, at, state);
    case 'ConflictResolved':
      return checkConflict(event.data, at, state);
    case 'CoverageStated':
      return checkCoverage(event.data, at);
    default:
      return [];
  }
};

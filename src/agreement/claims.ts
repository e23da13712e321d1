import type { DataOf, Decided } from '#events/event.ts';
import { askedChange } from '#events/verbs.ts';
import { noSuchChange } from './check-change.ts';
import { checkNames } from './check-references.ts';
import type { CommandOf } from './commands.ts';
import { accepted, type Decision, unless } from './decision.ts';
import { same } from './differences.ts';
import { mention, noMentions } from './mentions.ts';
import { didYouMean } from './nearest.ts';
import { recordedAgain } from './recorded-again.ts';
import { type Reference, references } from './references.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { content, isAway, proposals, type RuleState } from './rule-state.ts';
import { isChangeKnown, sceneOf } from './scene.ts';

type Report = DataOf<'ClaimReported'>;

const checkInstrumentId = (
  { instrumentId }: Report,
  at: Path,
  state: RuleState,
): readonly Rejection[] => {
  if (instrumentId === undefined || state.byKey.has(`instrument:${instrumentId}`)) return [];
  const names = [...state.byKey.keys()]
    .filter((key) => key.startsWith('instrument:'))
    .map((key) => key.slice('instrument:'.length));
  const details = { instrument: instrumentId, nearest: didYouMean(instrumentId, names) };
  return [rejection('NoSuchInstrument', [...at, 'instrumentId'], details)];
};

/**
 * Refuses a report that names what is not known. What claims propose counts as known to claims, and days are
 * not compared: people may say anything of the future.
 */
export const checkReport = (report: Report, at: Path, state: RuleState): readonly Rejection[] => {
  const own = noMentions();
  const proposed = proposals(report);
  for (const change of proposed) mention(own, change);
  const pools = [state.known, state.proposed, own];
  const about = (report.about ?? []).map(
    (id, index): Reference => ({ to: 'term', id, path: ['about', index], when: 'ever' }),
  );
  const inputs = report.proposedChanges ?? [];
  return [
    ...checkInstrumentId(report, at, state),
    ...checkNames(about, at, pools),
    ...proposed.flatMap((change, index) => {
      const input = inputs[index];
      const verb = input === undefined ? [] : [askedChange(input).verb];
      return checkNames(references(change), [...at, 'proposedChanges', index, ...verb], pools);
    }),
  ];
};

/** Somebody says so; said again alike at the same stage it changes nothing. */
export const reportClaim = (command: CommandOf<'ReportClaim'>, state: RuleState): Decision => {
  const { type: _, agreement: _of, correct, ...report } = command;
  const key = `claim:${report.claimId}/${report.stage}`;
  const event: Decided = { type: 'ClaimReported', data: report };
  const check = () => checkReport(report, [], state);
  const entry = state.byKey.get(key);
  if (entry === undefined) return unless(check(), [event]);
  return recordedAgain({
    entry,
    item: { key, event, path: [] },
    codes: { differs: 'ClaimDiffers', retracted: 'ClaimRetracted' },
    details: { claim: report.claimId },
    correct,
    check,
  });
};

const checkClaimId = (claim: string, state: RuleState): readonly Rejection[] => {
  if (state.claims.has(claim)) return [];
  return [
    rejection('UnknownClaim', ['claimId'], {
      claim,
      nearest: didYouMean(claim, state.claims.keys()),
    }),
  ];
};

/** True when the very same was said of the claim and stands. */
const isSaid = (event: Decided, claim: string, state: RuleState): boolean =>
  (state.claims.get(claim) ?? []).some(
    (entry) =>
      entry.event.type === event.type && !isAway(entry) && same(content(entry).data, event.data),
  );

const aboutClaim = (
  event: Decided<'ClaimAssessed' | 'ClaimResolved'>,
  against: readonly Rejection[],
  state: RuleState,
): Decision => {
  if (isSaid(event, event.data.claimId, state)) return accepted();
  return unless([...checkClaimId(event.data.claimId, state), ...against], [event]);
};

/** Somebody backs a claim, denies it or takes it back. */
export const assessClaim = (command: CommandOf<'AssessClaim'>, state: RuleState): Decision => {
  const { type: _, agreement: _of, ...data } = command;
  return aboutClaim({ type: 'ClaimAssessed', data }, [], state);
};

/** Refuses a resolution that points to changes nobody recorded. */
export const checkResolution = (
  { by }: DataOf<'ClaimResolved'>,
  at: Path,
  state: RuleState,
): readonly Rejection[] => {
  const scene = sceneOf(state, []);
  return (by ?? []).flatMap((id, index) =>
    isChangeKnown(scene, id) ? [] : [noSuchChange(id, [...at, 'by', index], scene)],
  );
};

/** What became of a claim, and by which changes. */
export const resolveClaim = (command: CommandOf<'ResolveClaim'>, state: RuleState): Decision => {
  const { type: _, agreement: _of, ...data } = command;
  return aboutClaim({ type: 'ClaimResolved', data }, checkResolution(data, [], state), state);
};

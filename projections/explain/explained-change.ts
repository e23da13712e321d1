import { isoInstant } from '#events/instants.ts';
import type { Dated } from '../fold/dates.ts';
import { overlaysOn, switchesOff } from '../fold/overlays.ts';
import { shownDay } from '../fold/pending.ts';
import { changeView } from '../timeline.ts';
import { correctionsOf, type Record, retractionOf } from './corrections.ts';
import type { ExplainedChange, Reason, Verdict } from './explanation.ts';
import { type Ground, nameOf } from './ground.ts';
import { leftOut } from './left-out.ts';
import type { Outcome } from './outcome.ts';
import { reason } from './reason.ts';
import { type Contest, contestOf, losses, shownFields } from './touched.ts';

type Judged = { readonly verdict: Verdict; readonly reasons: readonly Reason[] };

/** Everything that a verdict depends on, beside the change itself. */
export type Court = {
  readonly ground: Ground;
  readonly record: Record;
  readonly outcome: Outcome;
  /** The changes in view, as they are dated here. */
  readonly inView: ReadonlyMap<Dated['change'], Dated>;
};

const judged = (verdict: Verdict, ...reasons: readonly Reason[]): Judged => ({ verdict, reasons });

/** One that is known and does not even count as a candidate. */
const outOfView = (dated: Dated, { ground, record }: Court): Judged => {
  const gone = retractionOf(dated.change, record);
  if (gone !== undefined) {
    const text = `the record of it was taken back at ${isoInstant(gone.recordedAt)}: ${gone.reason}`;
    return judged('LEFT_OUT', reason('RETRACTED', text));
  }
  const day = dated.ownExecutedOn;
  const text = `it was executed on ${shownDay(day) ?? 'an unknown day'}, behind ${ground.at.executedBy}`;
  return judged('LEFT_OUT', reason('NOT_EXECUTED_THEN', text, { day }));
};

/** It is applied, and the fold has taken no word of it for the term. */
const untouching = (dated: Dated, { sheet, termId }: Ground): Judged => {
  const remarks = sheet.table.remarks.get(dated.change) ?? [];
  const missing = remarks.some(
    ({ code, terms }) => code === 'ORPHANED_CHANGE' && terms.includes(termId),
  );
  return missing
    ? judged('LEFT_OUT', reason('TERM_NOT_THERE', 'the term is not there for it to act on'))
    : judged('BESIDE', reason('LEAVES_AS_IS', 'it leaves the term as it is'));
};

const standing = ({ won }: Contest): Reason => {
  const fields = shownFields(won);
  return reason('PREVAILS', 'nothing behind it in the order says otherwise', { fields });
};

/** A change that acts on the term or brings it in, and is applied. */
const touching = (dated: Dated, { ground, outcome }: Court): Judged => {
  const contest = contestOf(dated, ground);
  if (contest === undefined) return untouching(dated, ground);
  const lost = losses(dated, contest, ground, outcome.by);
  if (outcome.by !== undefined) return judged('LOST', outcome.reason, ...lost);
  if (contest.won.length > 0) {
    return judged(lost.length === 0 ? 'WON' : 'WON_IN_PART', standing(contest), ...lost);
  }
  return judged(lost.length > 0 ? 'LOST' : 'BESIDE', ...orNone(lost));
};

const orNone = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.length > 0 ? reasons : [reason('LEAVES_AS_IS', 'it states nothing of the term')];

const overlaying = (dated: Dated, { ground }: Court): Judged => {
  const { sheet, termId } = ground;
  const covering = overlaysOn(sheet).find((one) => one.dated === dated);
  const day = dated.until;
  if (covering?.terms.has(termId) !== true) {
    const behind = sheet.applied.slice(sheet.applied.indexOf(dated) + 1);
    const lift = behind.find(
      ({ change }) =>
        change.type === 'OverlayLifted' &&
        dated.change.type === 'OverlayApplied' &&
        change.data.overlayId === dated.change.data.overlayId,
    );
    const by = lift === undefined ? [] : [lift];
    const name = lift === undefined ? 'something' : nameOf(lift.change, dated.change);
    return judged('LEFT_OUT', reason('OVERLAY_LIFTED', `${name} lifted it`, { by }));
  }
  const until = shownDay(day);
  const end = until === undefined ? 'on, with no end stated' : `until ${until}`;
  const stretch = `from ${shownDay(dated.from) ?? 'an unknown day'} ${end}`;
  return switchesOff(covering.state)
    ? judged('ON_TOP', reason('SWITCHED_OFF', `the term does not apply ${stretch}`, { day }))
    : judged('ON_TOP', reason('SHOWN_ON_TOP', `it lies on the term ${stretch}`, { day }));
};

const DOES: { readonly [type in Dated['change']['type']]?: string } = {
  ChangeVoided: 'it voids another change',
  AgreementTerminated: 'it terminates the agreement',
  AgreementReinstated: 'it reinstates the agreement',
  AgreementAmended: 'it says when the agreement ends, or what survives that',
  TermsAffirmed: 'it affirms the term as it stands',
  OverlayLifted: 'it lifts what lay on the term',
  ConsentGranted: 'it permits something under the term',
  ConsentRevoked: 'it takes a permission back',
  RightResolved: 'it says what became of a right under the term',
  ConditionResolved: 'it says what became of a condition',
};

/** It is why the term is not there; not so a change that only came to its own end. */
const endedIt = (dated: Dated, { by, reason: { rule } }: Outcome): boolean =>
  by === dated && rule !== 'ENDED';

const inView = (dated: Dated, court: Court): Judged => {
  const { ground, outcome } = court;
  const { change } = dated;
  if (endedIt(dated, outcome)) return judged('WON', outcome.reason);
  if (!ground.sheet.applied.includes(dated)) return judged('LEFT_OUT', leftOut(dated, ground));
  if (change.acts.includes(ground.termId) || change.brings.includes(ground.termId)) {
    return touching(dated, court);
  }
  if (change.type === 'OverlayApplied') return overlaying(dated, court);
  const text = DOES[change.type] ?? 'it takes the place of another change';
  return judged('BESIDE', reason('STANDS_BESIDE', text));
};

/** What became of one change, and why. */
export const explainedChange = (dated: Dated, court: Court): ExplainedChange => {
  const { scene, sheet, termId } = court.ground;
  const isInView = court.inView.get(dated.change) === dated;
  const causes = sheet.table.live.get(termId)?.causes ?? [];
  const { verdict, reasons } = isInView ? inView(dated, court) : outOfView(dated, court);
  return {
    change: changeView(scene, sheet, dated),
    verdict,
    reasons,
    corrections: correctionsOf(dated.change, court.record),
    caused: court.outcome.by === undefined && causes.includes(dated),
  };
};

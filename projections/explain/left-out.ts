import type { DayNumber } from '#events/days.ts';
import type { Dated } from '../fold/dates.ts';
import { shownDay } from '../fold/pending.ts';
import { revives } from '../fold/step.ts';
import type { Reason } from './explanation.ts';
import { type Ground, nameOf } from './ground.ts';
import { reason } from './reason.ts';

const shown = (day: DayNumber): string => shownDay(day) ?? '…';

const struck = (dated: Dated, { sheet }: Ground): Reason | undefined => {
  const { fates } = sheet;
  const voidedBy = fates.voidedBy(dated);
  if (voidedBy !== undefined) {
    const name = nameOf(voidedBy.change, dated.change);
    const by = [voidedBy];
    return fates.neverWas(dated)
      ? reason('VOIDED_AB_INITIO', `${name} voids it as if it had never been`, { by })
      : reason('VOIDED', `${name} voids it`, { by, day: voidedBy.from });
  }
  const displacedBy = fates.displacedBy(dated);
  if (displacedBy === undefined) return undefined;
  const text = `${nameOf(displacedBy.change, dated.change)} displaces it`;
  return reason('DISPLACED', text, { by: [displacedBy], day: displacedBy.from });
};

const waiting = (dated: Dated, { day }: Ground): Reason | undefined => {
  const { waits } = dated;
  if (waits === undefined) return undefined;
  if (waits.lapses <= day) {
    const text = `it lapsed on ${shown(waits.lapses)}: its conditions were not met in time, or failed`;
    return reason('LAPSED', text, { day: waits.lapses });
  }
  const open = waits.conditions.filter(({ met }) => met > day);
  const names = open.map(({ conditionId }) => conditionId).join(', ');
  const text =
    open.length === 0
      ? `its conditions are met; it starts on ${shown(dated.from)}`
      : `it waits for ${names}`;
  return reason('PROSPECTIVE', text, { day: dated.from });
};

const toCome = (dated: Dated, ground: Ground): Reason => {
  const { start } = dated;
  const waits = waiting(dated, ground);
  if (waits !== undefined) return waits;
  if (ground.day < start.earliest) {
    const most = start.earliest === start.latest ? '' : ' at the earliest';
    const text = `it starts on ${shown(start.earliest)}${most}`;
    return reason('SCHEDULED', text, { day: start.earliest });
  }
  const text = `its start lies between ${shown(start.earliest)} and ${shown(start.latest)}; it may have come`;
  return reason('UNCERTAIN_START', text, { day: start.latest });
};

const isReplacement = ({ change }: Dated): boolean =>
  change.type === 'TermsReplaced' || change.type === 'AgreementRestated';

const over = (dated: Dated, { day }: Ground): Reason => {
  const { end, until } = dated;
  const ended = `it ended on ${shown(until)}`;
  if (end.earliest <= day && day < end.latest) {
    const text = `its end lies between ${shown(end.earliest)} and ${shown(end.latest)}; it may still hold`;
    return reason('UNCERTAIN_END', text, { day: end.earliest });
  }
  if (!isReplacement(dated)) {
    return reason('ENDED', `${ended}; what lies beneath shows again`, { day: until });
  }
  const text = revives(dated)
    ? `${ended}, and what it replaced is back`
    : `${ended}, and what it replaced does not come back`;
  return reason('REPLACEMENT_ENDED', text, { day: until });
};

/** Why a change in view is not applied on the day. */
export const leftOut = (dated: Dated, ground: Ground): Reason =>
  struck(dated, ground) ??
  (ground.sheet.day < dated.from ? toCome(dated, ground) : over(dated, ground));

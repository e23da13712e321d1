import { type DayNumber, FIRST_DAY, NEVER, parseDay } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import { countUpTo } from '../search.ts';
import { claimDay } from './claims.ts';
import type { Dated } from './dates.ts';
import type { ClaimEvent, Knowledge } from './knowledge.ts';

const agreementEnd = ({ change }: Dated): readonly DayNumber[] => {
  if (change.type !== 'AgreementAmended') return [];
  const { endsOn } = change.data;
  if (endsOn === undefined || endsOn === null) return [];
  const { earliest, latest } = bounds(endsOn);
  return [earliest, latest];
};

const ofChange = (dated: Dated): readonly DayNumber[] => [
  dated.start.earliest,
  dated.start.latest,
  dated.from,
  dated.end.earliest,
  dated.end.latest,
  dated.until,
  ...(dated.waits === undefined
    ? []
    : [dated.waits.lapses, ...dated.waits.conditions.map(({ met }) => met)]),
  ...agreementEnd(dated),
];

const ofCoverage = ({ coverage }: Knowledge): readonly DayNumber[] => {
  if (coverage === undefined) return [];
  const gaps = coverage.gaps ?? [];
  return [
    parseDay(coverage.from),
    parseDay(coverage.observedThrough) + 1,
    ...gaps.flatMap(({ from, until }) => [parseDay(from), parseDay(until)]),
  ];
};

const ofClaims = (knowledge: Knowledge): readonly DayNumber[] =>
  knowledge.claims.map((claim: ClaimEvent) => claimDay(knowledge, claim));

/**
 * Every day on which an answer may change, in order (model §6.12, *Laws*): between two of them that follow one
 * another it is constant.
 */
export const boundaries = (knowledge: Knowledge, view: readonly Dated[]): readonly DayNumber[] => {
  const days = [...view.flatMap(ofChange), ...ofCoverage(knowledge), ...ofClaims(knowledge)];
  const known = new Set(days.filter((day) => day > FIRST_DAY && day < NEVER));
  return [...known].toSorted((a, b) => a - b);
};

/** The first day of the stretch that a day lies in; for days before all boundaries, the day before the first. */
export const canonicalDay = (limits: readonly DayNumber[], day: DayNumber): DayNumber => {
  const begun = countUpTo(limits, day);
  return limits[begun - 1] ?? (limits[0] ?? 0) - 1;
};

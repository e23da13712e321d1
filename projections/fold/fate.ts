import { type DayNumber, NEVER } from '#events/days.ts';
import type { Dated } from './dates.ts';
import { counts } from './loops.ts';

type Arrow = { readonly by: Dated; readonly abInitio?: boolean };
type Arrows = ReadonlyMap<string, readonly Arrow[]>;

/** Which changes void or displace which: the same on every day. */
export type FateArrows = {
  readonly voidings: Arrows;
  readonly displacers: Arrows;
  /** Rectifications that share their target's fate. */
  readonly heirs: ReadonlySet<string>;
};

type Edge = {
  readonly to: string;
  readonly arrow: Arrow;
  readonly does: 'voids' | 'displaces' | 'passes on';
};

type Placed = readonly [from: string, edge: Edge];

/** What a change in view does to others. */
const deedsOf = (by: Dated): readonly Placed[] => {
  const { change } = by;
  const edges: Placed[] = (change.data.displaces ?? []).map((to) => [
    change.changeId,
    { to, arrow: { by }, does: 'displaces' },
  ]);
  if (change.type !== 'ChangeVoided') return edges;
  const arrow = { by, abInitio: change.data.abInitio };
  return [...edges, [change.changeId, { to: change.data.target, arrow, does: 'voids' }]];
};

/** What a rectification shares with its target. */
const passedOn = ({ change, target }: Dated): readonly Placed[] =>
  target === undefined
    ? []
    : [[target.change.changeId, { to: change.changeId, arrow: { by: target }, does: 'passes on' }]];

/** A change and what it rectifies, which may itself be out of view. */
const withTargets = (dated: Dated): readonly Dated[] =>
  dated.target === undefined ? [dated] : [dated, ...withTargets(dated.target)];

const grouped = <T>(entries: readonly (readonly [string, T])[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
};

/** Who voids, displaces or passes its fate on to whom; a resolution of a condition is never struck. */
export const fateArrows = (view: readonly Dated[]): FateArrows => {
  const reached = view.flatMap(withTargets);
  const places = new Map(reached.map((dated) => [dated.change.changeId as string, dated]));
  const all = [...view.flatMap(deedsOf), ...[...places.values()].flatMap(passedOn)];
  const edges = grouped(all);
  const next = (from: string) => (edges.get(from) ?? []).map(({ to }) => to);
  const kept = all.filter(([from, { to, arrow }]) => {
    const struck = places.get(to)?.change;
    if (struck === undefined || struck.type === 'ConditionResolved') return false;
    return counts({ from, to }, next, (id) => (id === to ? struck : arrow.by.change).position);
  });
  const arrows = (does: Edge['does']) =>
    grouped(kept.filter(([, e]) => e.does === does).map(([, e]) => [e.to, e.arrow] as const));
  return {
    voidings: arrows('voids'),
    displacers: arrows('displaces'),
    heirs: new Set(arrows('passes on').keys()),
  };
};

/** Whether changes stand on one day: voided, displaced, or neither. */
export class Fates {
  readonly #arrows: FateArrows;
  readonly #day: DayNumber;

  constructor(arrows: FateArrows, day: DayNumber) {
    this.#arrows = arrows;
    this.#day = day;
  }

  stands(dated: Dated): boolean {
    return this.voidedBy(dated) === undefined && this.displacedBy(dated) === undefined;
  }

  /** The voiding that takes it away on the day. */
  voidedBy(dated: Dated): Dated | undefined {
    const own = this.#arrows.voidings
      .get(dated.change.changeId)
      ?.find((arrow) => this.#strikes(arrow))?.by;
    if (own !== undefined) return own;
    const benefactor = this.#benefactor(dated);
    return benefactor && this.voidedBy(benefactor);
  }

  /** Voided as if it had never been. */
  neverWas(dated: Dated): boolean {
    const voidings = this.#arrows.voidings.get(dated.change.changeId) ?? [];
    if (voidings.some((arrow) => arrow.abInitio === true && this.#strikes(arrow))) return true;
    const benefactor = this.#benefactor(dated);
    return benefactor !== undefined && this.neverWas(benefactor);
  }

  /** The change that keeps it from being applied on the day. */
  displacedBy(dated: Dated): Dated | undefined {
    const own = this.#arrows.displacers
      .get(dated.change.changeId)
      ?.find((arrow) => this.#displaces(arrow.by))?.by;
    if (own !== undefined) return own;
    const benefactor = this.#benefactor(dated);
    return benefactor && this.displacedBy(benefactor);
  }

  /** Whose fate a rectification shares. */
  #benefactor(dated: Dated): Dated | undefined {
    return this.#arrows.heirs.has(dated.change.changeId) ? dated.target : undefined;
  }

  #displaces(by: Dated): boolean {
    return by.from <= this.#day && this.#day < by.until && this.voidedBy(by) === undefined;
  }

  /** A voiding counts while it is neither voided nor displaced itself. */
  #strikes({ by, abInitio }: Arrow): boolean {
    const started = abInitio === true ? by.from < NEVER : by.from <= this.#day;
    return started && this.stands(by);
  }
}

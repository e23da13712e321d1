import { type DayNumber, NEVER } from '#events/days.ts';
import type { Change } from './change.ts';
import type { Dated } from './dates.ts';

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

/** What a change does to others, and what its target does to a rectification. */
const edgesOf = (by: Dated): readonly Placed[] => {
  const { change, target } = by;
  const edges: Placed[] = (change.data.displaces ?? []).map((to) => [
    change.changeId,
    { to, arrow: { by }, does: 'displaces' },
  ]);
  if (target !== undefined) {
    const arrow = { by: target };
    edges.push([target.change.changeId, { to: change.changeId, arrow, does: 'passes on' }]);
  }
  if (change.type !== 'ChangeVoided') return edges;
  const arrow = { by, abInitio: change.data.abInitio };
  return [...edges, [change.changeId, { to: change.data.target, arrow, does: 'voids' }]];
};

/** Ids that can be reached from `start` along the edges. */
const reachable = (start: string, edges: ReadonlyMap<string, readonly Edge[]>): Set<string> => {
  const seen = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of edges.get(id) ?? []) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return seen;
};

const grouped = <T>(entries: readonly (readonly [string, T])[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
};

/** Model §6.4: of a loop only the arrows from later to earlier positions count. */
export const fateArrows = (view: readonly Dated[]): FateArrows => {
  const places = new Map(view.map((dated) => [dated.change.changeId as string, dated]));
  const all = view.flatMap(edgesOf);
  const edges = grouped(all);
  const counts = (from: string, edge: Edge): boolean => {
    const target = places.get(edge.to);
    if (target === undefined || target.change.type === 'ConditionResolved') return false;
    if (target.change.position < edge.arrow.by.change.position) return true;
    return from !== edge.to && !reachable(edge.to, edges).has(from);
  };
  const kept = all.filter(([from, edge]) => counts(from, edge));
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
  /** Assumed changes start on the day and do not end. */
  readonly #assumed: ReadonlySet<Change>;

  constructor(arrows: FateArrows, day: DayNumber, assumed: ReadonlySet<Change>) {
    this.#arrows = arrows;
    this.#day = day;
    this.#assumed = assumed;
  }

  stands(dated: Dated): boolean {
    return this.voidedBy(dated) === undefined && !this.displaced(dated);
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

  displaced(dated: Dated): boolean {
    const displacers = this.#arrows.displacers.get(dated.change.changeId) ?? [];
    if (displacers.some(({ by }) => this.#displaces(by))) return true;
    const benefactor = this.#benefactor(dated);
    return benefactor !== undefined && this.displaced(benefactor);
  }

  /** Whose fate a rectification shares. */
  #benefactor(dated: Dated): Dated | undefined {
    return this.#arrows.heirs.has(dated.change.changeId) ? dated.target : undefined;
  }

  #displaces(by: Dated): boolean {
    return this.#runs(by) && this.voidedBy(by) === undefined;
  }

  /** A voiding counts while it is neither voided nor displaced itself. */
  #strikes({ by, abInitio }: Arrow): boolean {
    const started = abInitio === true ? this.#hasStart(by) : this.#started(by);
    return started && this.stands(by);
  }

  #hasStart(by: Dated): boolean {
    return by.from < NEVER || this.#assumed.has(by.change);
  }

  #started(by: Dated): boolean {
    return by.from <= this.#day || this.#assumed.has(by.change);
  }

  #runs(by: Dated): boolean {
    return this.#assumed.has(by.change) || (by.from <= this.#day && this.#day < by.until);
  }
}

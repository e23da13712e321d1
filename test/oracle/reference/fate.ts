import { NEVER } from '#events/days.ts';
import type { ChangeId } from '#events/values.ts';
import type { Dated } from './change.ts';
import { counting } from './loops.ts';

type Arrow = {
  readonly from: ChangeId;
  readonly to: ChangeId;
  readonly how: 'VOIDS' | 'DISPLACES' | 'SHARES';
};

const arrowsOf = (change: Dated): Arrow[] => {
  const { type, data } = change.body;
  const from = change.id;
  const displaces = (data.displaces ?? []).map((to) => ({ from, to, how: 'DISPLACES' as const }));
  const voids: Arrow[] = type === 'ChangeVoided' ? [{ from, to: data.target, how: 'VOIDS' }] : [];
  const shares: Arrow[] =
    change.target === undefined ? [] : [{ from: change.target, to: from, how: 'SHARES' }];
  return [...displaces, ...voids, ...shares];
};

/** What becomes of changes by voiding and displacement (§6.4). */
export class Fate {
  readonly #all: readonly Dated[];
  readonly #arrows: readonly Arrow[];

  /** `active`: the changes that can void and displace; `all`: also the retracted ones and those not executed. */
  constructor(active: readonly Dated[], all: readonly Dated[]) {
    this.#all = all;
    const acting = new Set(active.map(({ id }) => id));
    const arrows = all
      .flatMap(arrowsOf)
      .filter(({ from, how }) => how === 'SHARES' || acting.has(from))
      .filter(({ from, to }) => from !== to && this.#exempt(to) === false);
    this.#arrows = counting(arrows, (id) => this.#change(id)?.position ?? 0);
  }

  #change(id: ChangeId): Dated | undefined {
    return this.#all.find((change) => change.id === id);
  }

  #exempt(id: ChangeId): boolean {
    return this.#change(id)?.body.type === 'ConditionResolved';
  }

  #from(to: Dated, how: Arrow['how']): Dated[] {
    return this.#arrows
      .filter((arrow) => arrow.to === to.id && arrow.how === how)
      .flatMap(({ from }) => this.#change(from) ?? []);
  }

  #counts(voiding: Dated, day: number): boolean {
    const { type, data } = voiding.body;
    if (type !== 'ChangeVoided') return false;
    const begun = data.abInitio ? voiding.day < NEVER : voiding.day <= day;
    return begun && this.stands(voiding, day);
  }

  /** What voids it. */
  voidings(change: Dated, day: number): Dated[] {
    return [
      ...this.#from(change, 'VOIDS').filter((voiding) => this.#counts(voiding, day)),
      ...this.#from(change, 'SHARES').flatMap((target) => this.voidings(target, day)),
    ];
  }

  voided(change: Dated, day: number): boolean {
    return this.voidings(change, day).length > 0;
  }

  /** What displaces it. */
  displacers(change: Dated, day: number): Dated[] {
    return [
      ...this.#from(change, 'DISPLACES').filter(
        (by) => by.day <= day && day < by.endDay && !this.voided(by, day),
      ),
      ...this.#from(change, 'SHARES').flatMap((target) => this.displacers(target, day)),
    ];
  }

  /** Neither voided nor displaced. */
  stands(change: Dated, day: number): boolean {
    return !this.voided(change, day) && this.displacers(change, day).length === 0;
  }
}

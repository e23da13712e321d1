import type { ChangeId, TermId } from '#events/values.ts';
import type { AgreementState, TermState } from '../state.ts';
import { type Link, linksBetween } from './lineage.ts';
import { nearlyTheSame } from './structure.ts';

/** Terms of two states that belong together, each side in its reading order. */
export type Match = {
  readonly from: readonly TermState[];
  readonly to: readonly TermState[];
  /** Absent where one side is empty. */
  readonly matchedBy?: 'ID' | 'LINEAGE' | 'STRUCTURE';
  /** The changes through which the one came out of the other. */
  readonly changes: readonly ChangeId[];
};

/** Sets of things that belong together, joined pair by pair (Tarjan's union by path halving). */
class Groups {
  readonly #parent = new Map<string, string>();

  root(of: string): string {
    let at = of;
    for (let up = this.#parent.get(at); up !== undefined; up = this.#parent.get(at)) {
      const above = this.#parent.get(up);
      if (above !== undefined) this.#parent.set(at, above);
      at = up;
    }
    return at;
  }

  join(a: string, b: string): void {
    const [left, right] = [this.root(a), this.root(b)];
    if (left !== right) this.#parent.set(right, left);
  }
}

const oldNode = (termId: TermId) => `old ${termId}`;
const newNode = (termId: TermId) => `new ${termId}`;

type Building = { from: TermState[]; to: TermState[]; linked: boolean; changes: Set<ChangeId> };

const gathered = (
  from: AgreementState,
  to: AgreementState,
  links: readonly Link[],
): readonly Building[] => {
  const groups = new Groups();
  for (const { termId } of from.terms) groups.join(oldNode(termId), newNode(termId));
  for (const link of links) groups.join(oldNode(link.from), newNode(link.to));
  const found = new Map<string, Building>();
  const group = (node: string): Building => {
    const root = groups.root(node);
    const known = found.get(root) ?? { from: [], to: [], linked: false, changes: new Set() };
    found.set(root, known);
    return known;
  };
  for (const term of from.terms) group(oldNode(term.termId)).from.push(term);
  for (const term of to.terms) group(newNode(term.termId)).to.push(term);
  for (const { from: termId, changes } of links) {
    const linked = group(oldNode(termId));
    linked.linked = true;
    for (const change of changes) linked.changes.add(change);
  }
  return [...found.values()];
};

const asMatch = ({ from, to, linked, changes }: Building): Match => {
  const matchedBy = linked ? 'LINEAGE' : 'ID';
  const both = from.length > 0 && to.length > 0;
  return { from, to, ...(both && { matchedBy }), changes: [...changes] };
};

/** Puts together what neither id nor lineage did. */
const byStructure = (matches: readonly Match[]): readonly Match[] => {
  const gone = matches.flatMap(({ from, to }) => (to.length === 0 ? from : []));
  const come = matches.flatMap(({ from, to }) => (from.length === 0 ? to : []));
  if (gone.length === 0 || come.length === 0) return matches;
  const pairs = nearlyTheSame(gone, come);
  const used = new Set(pairs.flat());
  const free = matches.filter(({ from, to }) => ![...from, ...to].some((term) => used.has(term)));
  const found = pairs.map(
    ([old, now]): Match => ({ from: [old], to: [now], matchedBy: 'STRUCTURE', changes: [] }),
  );
  return [...free, ...found];
};

/**
 * Matches the terms of two states: by id, then by what lineage says happened between them, then those left
 * over by kind and nearly identical prose. Every term of either state is in exactly one match.
 */
export const matchTerms = (from: AgreementState, to: AgreementState): readonly Match[] =>
  byStructure(gathered(from, to, linksBetween(from, to)).map(asMatch));

import type { PartyState } from '../state.ts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Names are told apart by their first words; no text is compared further. */
const MOST_WORDS = 12;
const LEGAL_FORM = new Set(
  'inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh ag se sa bv nv pbc holdings group'.split(
    ' ',
  ),
);

type Node = { readonly next: Map<string, Node>; end: boolean };

const words = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];

const shortened = (name: readonly string[]): readonly string[] => {
  const cut = name.findLastIndex((word) => !LEGAL_FORM.has(word));
  return name.slice(0, cut + 1);
};

const learn = (root: Node, name: readonly string[]): void => {
  let node = root;
  for (const word of name.slice(0, MOST_WORDS)) {
    const next: Node = node.next.get(word) ?? { next: new Map(), end: false };
    node.next.set(word, next);
    node = next;
  }
  if (node !== root) node.end = true;
};

/** Finds the longest party names in a text, as `[from, to)`. */
export type FindNames = (text: string) => readonly (readonly [number, number])[];

const longest = (root: Node, found: readonly RegExpExecArray[], at: number): number => {
  let node: Node | undefined = root;
  let end = -1;
  for (let i = at; node !== undefined && i < found.length; i++) {
    node = node.next.get(found[i]?.[0].toLowerCase() ?? '');
    if (node?.end) end = i;
  }
  return end;
};

/** A party is meant by its name, its name without the legal form at its end, its id, or its role; case does not count. */
export const partyNames = (parties: readonly PartyState[]): FindNames => {
  const root: Node = { next: new Map(), end: false };
  for (const { name, partyId, role } of parties) {
    const full = words(name);
    for (const known of [full, shortened(full), words(partyId), words(role ?? '')])
      learn(root, known);
  }
  return (text) => {
    const found = [...text.matchAll(WORD)];
    const names: (readonly [number, number])[] = [];
    for (let at = 0; at < found.length; at++) {
      const end = longest(root, found, at);
      const [first, last] = [found[at], found[end]];
      if (first === undefined || last === undefined) continue;
      names.push([first.index, last.index + last[0].length]);
      at = end;
    }
    return names;
  };
};

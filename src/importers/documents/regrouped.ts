import { holdersOf } from './holders.ts';
import type { Read } from './similar-parts.ts';
import { common } from './words.ts';

/** A whole on one side and the parts on the other that its words are mainly in. */
export type Regrouped = { readonly whole: Read; readonly pieces: readonly Read[] };

/** A piece has at least this share of its own words from the whole. */
const FROM_WHOLE = 0.6;
/** And holds at least this share of the whole. */
const SOME = 0.15;
/** One that holds more of the whole than this is the whole, going on; what else came out of it is new. */
const MOST = 0.6;
/** All pieces together. */
const NEARLY_ALL = 0.7;
const FEW_WORDS = 5;

const isPieceOf = (piece: Read, whole: Read): boolean => {
  const [part, all] = [piece.words.pairs, whole.words.pairs];
  const shared = common(part, all);
  return part.size >= FEW_WORDS && shared >= FROM_WHOLE * part.size && shared >= SOME * all.size;
};

const isRegrouped = ({ whole, pieces }: Regrouped): boolean => {
  const all = whole.words.pairs;
  const shares = pieces.map((piece) => common(piece.words.pairs, all) / all.size);
  const sum = shares.reduce((total, share) => total + share, 0);
  return pieces.length > 1 && Math.max(...shares) <= MOST && sum >= NEARLY_ALL;
};

/**
 * The wholes whose words are mainly in two or more pieces.
 *
 * @param loose pieces that go on from nothing
 * @param partnerOf what goes on from a whole, or what it goes on from
 */
export const regrouped = (
  wholes: readonly Read[],
  loose: readonly Read[],
  partnerOf: (whole: Read) => Read | undefined,
): readonly Regrouped[] => {
  if (wholes.length === 0 || loose.length === 0) return [];
  const sharing = holdersOf(wholes, ({ pairs }) => pairs);
  const found = new Map<Read, Read[]>();
  for (const piece of loose) {
    const [whole] = sharing(piece.words.pairs);
    if (whole === undefined || !isPieceOf(piece, whole)) continue;
    const pieces = found.get(whole) ?? [];
    found.set(whole, [...pieces, piece]);
  }
  return [...found].flatMap(([whole, others]) => {
    const partner = partnerOf(whole);
    if (partner !== undefined && !isPieceOf(partner, whole)) return [];
    const all = partner === undefined ? others : [partner, ...others];
    const group = { whole, pieces: all.toSorted((a, b) => a.at - b.at) };
    return isRegrouped(group) ? [group] : [];
  });
};

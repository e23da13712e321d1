import type { Line } from './lines.ts';
import { type Numbered, numberedAt } from './numbering.ts';
import { plain } from './plain.ts';

/** A line that a part may begin with. */
export type Mark = {
  readonly line: number;
  readonly kind: string;
  readonly heading?: string;
  readonly number?: string;
  /** Of a heading, from 1 for the highest; absent for what is none. */
  readonly level?: number;
  /** Present where the line may be an item of a list inside a clause: what the items of that list have in common. */
  readonly list?: string;
};

/** A line and its neighbours. */
type Place = {
  readonly at: number;
  readonly line: Line;
  readonly before: Line | undefined;
  readonly behind: Line | undefined;
};

/** As much of a line as says what it is. */
const HEAD = 400;
// White space before the title is passed over whole: where a title fails, it would fail again behind less of it.
const ATX = /^(?:\d+\\?[.)]\s+)?(#{1,6})(?:\s+(?!\s)(.*?))?(?:\s+#+)?$/;
const HTML = /^<h([1-6])\b[^>]{0,200}>(.*?)(?:<\/h\1>)?$/i;
const SETEXT = /^(?:=+|-{2,})$/;
const STRONG = /^(\*\*|__)(?!\s)(.+?)\1[:.]?$/;
const LIST_OR_TABLE = /^(?:[-*+•|>]\s?|#)/;
const BULLET = /^[-*+•]\s+/;
/** The title of a clause at the beginning of its text: set off, or a sentence of its own in capitalised words. */
const SET_OFF =
  /^(?:\*\*|__|<[^>]{1,200}>)+([^*_<]{2,120}?)(?:[.:](?:\*\*|__|<\/[a-z]+>)+|(?:\*\*|__|<\/[a-z]+>)+(?:[.:]|\s*$))/;
const NUMBER_SET_OFF = /^(?:\*\*|__)[(\d][^\s*_]*\s+([^*_]{2,120}?)[.:]?(?:\*\*|__)/;
const TITLE_WORDS =
  /^(\p{Lu}[\p{L}’'-]*(?:,? (?:\p{Lu}[\p{L}’'-]*|and|or|of|to|in|for|on|by|&)){0,6})\.\s+\p{Lu}/u;
const DEFINED =
  /^["“«„「『][^"”»“」』]{1,100}["”»“」』](?:\s*\([^)]{0,80}\))?[,:]?\s*(?:(?:shall |will )?(?:means?|have|has|refers?|includes?|is|are|désignent?|signifient?|s’entend|s'entend|bezeichnet|bedeutet|ist|significa|designa|とは|は|是指|指)(?![\p{L}])|[:–—-]|とは|是指|指)/iu;

const isBlank = (line: Line | undefined): boolean => line === undefined || line.words === '';

const some = (field: 'heading' | 'number', value: string | undefined) =>
  value === undefined || value === '' ? {} : { [field]: value };

const numberedHeading = (text: string, level: number, line: number): Mark => {
  const shown = plain(text);
  const numbered = numberedAt(shown);
  if (numbered === undefined) return { line, kind: 'SECTION', level, ...some('heading', shown) };
  const kind = numbered.list === undefined ? numbered.kind : 'SECTION';
  return { line, kind, level, number: numbered.number, ...some('heading', numbered.rest) };
};

const marked = ({ at, line }: Place): Mark | undefined => {
  if (line.indent < 4) {
    const head = line.words.slice(0, HEAD);
    const [, signs, text = ''] = ATX.exec(head) ?? [];
    if (signs !== undefined) return numberedHeading(ownNumber(head) + text, signs.length, at);
  }
  if (!line.words.startsWith('<')) return undefined;
  const [, level, text = ''] = HTML.exec(line.words.slice(0, HEAD)) ?? [];
  return level === undefined ? undefined : numberedHeading(text, Number(level), at);
};

/** `1. ## Service` is numbered outside its heading. */
const ownNumber = (words: string): string => /^\d+\\?[.)]\s+(?=#)/.exec(words)?.[0] ?? '';

/** One line of text with a line of `=` or `-` beneath. */
const underlined = ({ at, line, before, behind }: Place): Mark | undefined => {
  if (behind === undefined || !SETEXT.test(behind.words) || behind.indent > 3) return undefined;
  const alone = isBlank(before) || before?.verbatim === true || SETEXT.test(before?.words ?? '');
  if (!alone || LIST_OR_TABLE.test(line.words) || line.words.length > HEAD) return undefined;
  return numberedHeading(line.words, behind.words.startsWith('=') ? 1 : 2, at);
};

const isCapitals = (words: string): boolean =>
  words.length <= 100 && /\p{Lu}{3}/u.test(words) && !/\p{Ll}/u.test(words);

/** Bold or in capitals, in a paragraph of its own. */
const standingOut = ({ at, line, before, behind }: Place): Mark | undefined => {
  if (!isBlank(before) || !isBlank(behind) || line.words.length > 160) return undefined;
  const strong = STRONG.exec(line.words)?.[2];
  const text = strong ?? (isCapitals(line.words) ? line.words : undefined);
  if (text === undefined || LIST_OR_TABLE.test(text)) return undefined;
  return numberedHeading(text, 7, at);
};

/** The title that stands at the beginning of a clause, before its text. */
const titleOf = (source: string, number: string, rest: string): string | undefined => {
  const text = source.slice(source.indexOf(number) + number.length).replace(/^\\?[.)]?\s+/, '');
  const found = NUMBER_SET_OFF.exec(source) ?? SET_OFF.exec(text) ?? TITLE_WORDS.exec(rest);
  return found?.[1];
};

const SENTENCE_END = /(?:[.;:!?)"”»。；：]|\b(?:and|or|et|ou|und|oder))$/;

/** A number inside a paragraph is no clause: before a clause something ends. */
const beginsAnew = ({ line, before }: Place): boolean =>
  isBlank(before) ||
  line.indent > (before?.indent ?? 0) + 1 ||
  SENTENCE_END.test(before?.words ?? '');

const UNMARKED = /\*\*|__|<[^>]{1,200}>|\\(?=[.()[\]-])/g;

/** A short line in a paragraph of its own with a number is a heading. */
const isTitle = ({ behind, before }: Place, rest: string): boolean =>
  rest !== '' &&
  rest.length <= 90 &&
  isBlank(behind) &&
  isBlank(before) &&
  !/[.;,:]$|[.;] \p{Lu}|^\p{Ll}/u.test(rest);

const QUOTED = /^["“«„「『]/;

/** The term that a sentence begins to define; may be empty. */
const termDefinedBy = (bare: string): string | undefined => {
  if (!QUOTED.test(bare) || !DEFINED.test(bare)) return undefined;
  return plain(/^.([^"”»“」』]{1,100})/u.exec(bare)?.[1] ?? '');
};

const clause = (place: Place, { kind, number, rest, list }: Numbered, source: string): Mark => {
  const { at, line } = place;
  const own = { line: at, number };
  if (list === undefined && kind !== 'CLAUSE') {
    return { ...own, kind, level: 6, ...some('heading', isHeading(rest) ? plain(rest) : '') };
  }
  if (isTitle(place, rest) && kind === 'CLAUSE') {
    return { ...own, kind: 'SECTION', level: 6, ...some('heading', plain(rest)) };
  }
  if (list !== undefined) {
    const heading = plain(titleOf(source, number, rest) ?? '');
    return { ...own, kind, ...some('heading', heading), list: `${list} ${line.indent}` };
  }
  const defined = termDefinedBy(rest);
  if (defined !== undefined) return { ...own, kind: 'DEFINITION', ...some('heading', defined) };
  return { ...own, kind, ...some('heading', plain(titleOf(source, number, rest) ?? '')) };
};

/** The rest of a line is a heading where it is no sentence. */
const isHeading = (rest: string): boolean => rest.length <= 160 && !/[.;。；]$/.test(rest);

const NUMBER_LIKE =
  /^[\d(（§*_<\-+•\\第제]|^[a-zA-Z]{1,6}[.)\\]|^[一二三四五六七八九十]{1,3}、|^\p{Lu}/u;

const numbered = (place: Place): Mark | undefined => {
  const { words } = place.line;
  if (!NUMBER_LIKE.test(words) || !beginsAnew(place)) return undefined;
  const source = words.slice(0, HEAD).replace(BULLET, '');
  const bare = source.replace(UNMARKED, '');
  const found = numberedAt(bare);
  if (found === undefined) return undefined;
  // A word with a number stands in many a sentence: it begins a paragraph, or it is no clause.
  const isWord = /^\p{sc=Latn}{2}/u.test(found.number);
  return isWord && !isBlank(place.before) ? undefined : clause(place, found, source);
};

const defined = ({ at, line }: Place): Mark | undefined => {
  const bare = line.words.slice(0, HEAD).replace(BULLET, '').replace(UNMARKED, '');
  const heading = termDefinedBy(bare);
  return heading === undefined
    ? undefined
    : { line: at, kind: 'DEFINITION', ...some('heading', heading) };
};

const RECOGNISED = [marked, underlined, numbered, standingOut, defined] as const;

const markAt = (place: Place): Mark | undefined => {
  for (const recognise of RECOGNISED) {
    const mark = recognise(place);
    if (mark !== undefined) return mark;
  }
  return undefined;
};

/**
 * The lines `[from, to)` that a part may begin with, in order. What a line is depends on it and the lines beside it
 * alone.
 */
export const marksOf = (
  lines: readonly Line[],
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: lines.length },
): readonly Mark[] => {
  const marks: Mark[] = [];
  for (let at = from; at < to; at++) {
    const line = lines[at];
    if (line === undefined || line.words === '' || line.verbatim) continue;
    const mark = markAt({ at, line, before: lines[at - 1], behind: lines[at + 1] });
    if (mark !== undefined) marks.push(mark);
  }
  return marks;
};

/** What a text is cut into to be compared. */
export const GRAINS = ['WORDS', 'SENTENCES', 'PARAGRAPHS'] as const;
export type Grain = (typeof GRAINS)[number];

/**
 * A word with its inner apostrophes (`party's`) and a number with its inner points and commas (`13,000.50`,
 * `4.2`) are one piece, so that no hunk cuts through them; so are an address on the web and a tag of HTML. Scripts
 * written without spaces between words are cut into characters; a run of white space is one piece; anything else is
 * one visible character, with the marks, modifiers and joiners that belong to it.
 */
const SPACELESS = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}`;
const WORD = String.raw`[[\p{L}\p{N}\p{M}]--[${SPACELESS}]]+`;
const INNER = String.raw`(?:['’](?=\p{L})|(?<=\p{Nd})[.,](?=\p{Nd}))`;
const VISIBLE = String.raw`.(?:[\p{M}\p{EMod}]|\u200D\S)*`;
const ADDRESS = String.raw`https?:\/\/[^\s<>\(\)\[\]"'’”\*\|]{0,2000}[\p{L}\p{N}\/]`;
const TAG = String.raw`<\/?[a-z][^<>]{0,200}>`;
const WORDS = new RegExp(
  String.raw`${ADDRESS}|${TAG}|${WORD}(?:${INNER}${WORD})*|\s+|\p{RI}{2}|${VISIBLE}`,
  'gsv',
);

const BLANK_LINE = /\n[^\S\n]*\n|\r[^\S\r\n]*\r/;
/** Ends a paragraph: white space with an empty line in it. */
export const endsParagraph = (space: string): boolean => BLANK_LINE.test(space);

const LINE_END = /[\n\r]/;
const ITEM = /^(?:[-*+•#>|]|\p{N}{1,4}[.)]|\(\p{L}{1,4}\))/u;
const STOPPED = /[.!?…]["'’”»)\]*_]{0,4}$/;
const SHORTENED =
  /(?<![\p{L}\p{N}])(?:\p{Lu}|[Nn]os?|Inc|Ltd|Corp|Co|Mrs?|Ms|Dr|St|vs?|cf|e\.g|i\.e|[Aa]rts?|[Ss]ecs?|[Pp]aras?)\.$/u;
const NUMBERED = /(?:^|[\n\r])[^\S\n\r]*\(?\p{N}{1,4}\.$/u;
/** As much of a text as is looked at before and behind a white space. */
const NEAR = 16;

type Break = (text: string, from: number, to: number) => boolean;

const atParagraph: Break = (text, from, to) => endsParagraph(text.slice(from, to));

const atSentence: Break = (text, from, to) => {
  if (atParagraph(text, from, to)) return true;
  const next = text.slice(to, to + NEAR);
  if (LINE_END.test(text.slice(from, to)) && ITEM.test(next)) return true;
  const before = text.slice(Math.max(0, from - NEAR), from);
  return (
    STOPPED.test(before) &&
    !/^\p{Ll}/u.test(next) &&
    !SHORTENED.test(before) &&
    !NUMBERED.test(before)
  );
};

const SPACES = /\s+/g;
const SPACES_AND_STOPS = /\s+|[。！？]["'”」』）]*/gu;

/** Stretches, and the white space between them. */
const stretches = (text: string, places: RegExp, breaks: Break): readonly string[] => {
  const found: string[] = [];
  let done = 0;
  const until = (end: number) => {
    if (end > done) found.push(text.slice(done, end));
    done = end;
  };
  for (const { index, 0: place } of text.matchAll(places)) {
    const end = index + place.length;
    if (place.trim() !== '') until(end);
    else if (end === text.length || breaks(text, index, end)) {
      until(index);
      until(end);
    }
  }
  until(text.length);
  return found;
};

/**
 * Cuts a text, every character into exactly one piece. Paragraphs end with an empty line. Sentences end with their
 * point, where no small letter follows and no usual abbreviation, initial or number of a clause stands before; at an item
 * of a list, a heading or a row of a table; and with their paragraph. The white space between two is a piece of its own.
 * (`Intl.Segmenter` breaks at each end of a line, behind `Inc.` and `No.`, and its data differ from release to
 * release.) Linear in the length.
 */
export const piecesOf = (text: string, grain: Grain): readonly string[] => {
  if (grain === 'WORDS') return text.match(WORDS) ?? [];
  return grain === 'SENTENCES'
    ? stretches(text, SPACES_AND_STOPS, atSentence)
    : stretches(text, SPACES, atParagraph);
};

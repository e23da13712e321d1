/** A number at the beginning of a line, and what stands behind it. */
export type Numbered = {
  readonly kind: string;
  /** As it is printed: `4.2`, `(a)`, `Article 12`. */
  readonly number: string;
  readonly rest: string;
  /** What numbers of one list have in common, where a list of this form may be a list inside a clause. */
  readonly list?: string;
};

const KINDS: readonly (readonly [kind: string, words: string])[] = [
  ['ARTICLE', 'article|art\\.|artikel|artículo|articulo|articolo|artigo|artykuł|статья'],
  ['SECTION', 'section|sec\\.|sous-section|abschnitt|sección|seccion|sezione|seção|раздел'],
  ['CLAUSE', 'clause|klausel|cláusula|clausula|clausola|paragraphe?|§{1,2}'],
  ['CHAPTER', 'chapter|chapitre|kapitel|capítulo|capitulo|capo|глава'],
  ['PART', 'part|partie|teil|parte|livre|titre|title|buch|título|titulo|titolo|часть'],
  [
    'SCHEDULE',
    'schedule|annex|annexe|appendix|exhibit|attachment|anlage|anhang|anexo|allegato|приложение',
  ],
];
const KIND_OF = KINDS.map(([kind, words]) => [kind, new RegExp(`^(?:${words})$`, 'iu')] as const);

const VALUE = [
  '(?:[LRDA]\\.?\\s?\\*?)?\\d+(?:[.\\-–]\\d+)*[a-z]?(?:er|ère|re|º|°)?(?:[\\s-](?:bis|ter|quater))?',
  '[IVXLCDM]+(?:er|ère)?(?:\\s(?:bis|ter|quater))?',
  '[A-Z]',
  'premiere?|première|unique|préliminaire|one|two|three|four|five|six|seven|eight|nine|ten',
].join('|');
const WORDED = new RegExp(
  `^((${KINDS.map(([, words]) => words).join('|')})\\s*(?:n°\\s*)?(?:${VALUE}))(?![\\p{L}\\p{N}])(\\s*[.:)–—-]+(?=\\s|$)|)\\s*(.*)$`,
  'iu',
);
const CJK =
  /^([第제]\s?[0-9０-９〇零一二三四五六七八九十百千]+\s?([条條조章節节장절款項项항编編部])(?:の[一二三四五六七八九十0-9０-９]+)?)[\s　:：、.]*(.*)$/u;
const CJK_KINDS: { readonly [sign: string]: string } = {
  条: 'ARTICLE',
  條: 'ARTICLE',
  조: 'ARTICLE',
  章: 'CHAPTER',
  장: 'CHAPTER',
  编: 'PART',
  編: 'PART',
  部: 'PART',
};
const DECIMAL = /^(\d{1,3}(?:\.\d{1,3}){1,5})(?:[.):]?\s+|[.):]?$|[.)](?=\p{L}))(.*)$/u;
const SIMPLE =
  /^(\d{1,4}[.)]|\(\d{1,3}\)|\([a-zA-Z]{1,2}\)|\([ivxlc]{1,6}\)|[a-zA-Z][.)]|[IVXLC]{1,6}[.)]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?:\s+|(?<=[、）])|$)(.*)$/u;

const PUNCTUATION = /[.:)–—-]/;
const SENTENCE = /[.;,:]$/;

/** "Article 12 of the Regulation says …" is a sentence, "Article 12 Definitions" is not. */
const isSentence = (rest: string): boolean =>
  rest.length > 90 || SENTENCE.test(rest) || /^\p{Ll}/u.test(rest);

const worded = (words: string): Numbered | undefined => {
  const [, number = '', word = '', separator = '', rest = ''] = WORDED.exec(words) ?? [];
  if (number === '') return undefined;
  if (!PUNCTUATION.test(separator) && !word.startsWith('§') && isSentence(rest)) return undefined;
  const kind = KIND_OF.find(([, form]) => form.test(word))?.[0] ?? 'SECTION';
  return { kind, number, rest };
};

const cjk = (words: string): Numbered | undefined => {
  const [, number, sign = '', rest = ''] = CJK.exec(words) ?? [];
  return number === undefined ? undefined : { kind: CJK_KINDS[sign] ?? 'CLAUSE', number, rest };
};

const decimal = (words: string): Numbered | undefined => {
  const [, number, rest = ''] = DECIMAL.exec(words) ?? [];
  return number === undefined ? undefined : { kind: 'CLAUSE', number, rest };
};

/** `(a)` and `(ii)` have one form: which of the two `(i)` is, only a reader knows. */
const formOf = (number: string): string =>
  number
    .replace(/\d+/, '1')
    .replace(/[a-z]+/, 'a')
    .replace(/[A-Z]+/, 'A');

const simple = (words: string): Numbered | undefined => {
  const [, number, rest = ''] = SIMPLE.exec(words) ?? [];
  if (number === undefined) return undefined;
  const kind = /^[(（a-z]/.test(number) ? 'LIST_ITEM' : 'CLAUSE';
  return { kind, number: number.replace(/\.$/, ''), rest, list: formOf(number) };
};

const FIRST_WORD = /^[\p{L}-]+\.?|^§+/u;
const WORDS = new Set(KINDS.flatMap(([, words]) => words.replaceAll('\\', '').split('|')));
const isNumberWord = (word: string): boolean =>
  word.startsWith('§') || word === 'paragraph' || word === 'paragraphe' || WORDS.has(word);

const behindWord = (words: string): Numbered | undefined => {
  const word = FIRST_WORD.exec(words)?.[0].toLowerCase() ?? '';
  return isNumberWord(word) || isNumberWord(word.replace('.', '')) ? worded(words) : undefined;
};

const DIGIT_OR_BRACKET = /^[\d(（]/;
const LETTER = /^(?:[a-zA-Z]{1,6}[.)]|[一二三四五六七八九十]{1,3}、)/;
const COUNTED = /^[第제]/;

/** The number that a line, without its markup, begins with. */
export const numberedAt = (words: string): Numbered | undefined => {
  if (DIGIT_OR_BRACKET.test(words)) return decimal(words) ?? simple(words);
  if (COUNTED.test(words)) return cjk(words);
  return (LETTER.test(words) ? simple(words) : undefined) ?? behindWord(words);
};

import { lots } from './lots.ts';

type Pair = readonly [before: string, after: string];
type Words = readonly string[];

const VOCABULARY = 4_000;

/** Made-up prose, the same in each run: common words stand often, and sentences and paragraphs have ends. */
const writer = (seed: number) => {
  const lot = lots(seed);
  const letters = () => String.fromCharCode(97 + lot(26));
  const vocabulary = Array.from({ length: VOCABULARY }, () =>
    Array.from({ length: 3 + lot(8) }, letters).join(''),
  );
  const word = () => vocabulary[Math.floor(VOCABULARY * (lot(1_000_000) / 1_000_000) ** 3)] ?? '';
  const words = (count: number): Words => Array.from({ length: count }, word);
  /** So many of a thousand words replaced, deleted, or with another one behind. */
  const edited = (old: Words, ofThousand: number): Words =>
    old.flatMap((kept) => {
      if (lot(1_000) >= ofThousand) return [kept];
      return [[word()], [], [kept, word()]][lot(3)] ?? [];
    });
  return { words, edited, lot };
};

const written = (words: Words): string =>
  words
    .map((word, at) => {
      if (at % 100 === 99) return `${word}.\n\n`;
      return at % 17 === 16 ? `${word}. ` : `${word} `;
    })
    .join('');

const shuffled = (items: Words, lot: (below: number) => number): Words =>
  items
    .map((item) => [lot(2 ** 30), item] as const)
    .toSorted((a, b) => a[0] - b[0])
    .map(([, item]) => item);

/** Two texts of which one was edited here and there. */
export const editedPair = (count: number, ofThousand: number): Pair => {
  const { words, edited } = writer(1);
  const before = words(count);
  return [written(before), written(edited(before, ofThousand))];
};

/** Pairs that are hard for one way of comparing or another, each side of about so many words. */
export const HARD: { readonly [name: string]: (count: number) => Pair } = {
  'unrelated texts': (count) => [written(writer(1).words(count)), written(writer(2).words(count))],
  'texts from one vocabulary': (count) => {
    const { words } = writer(1);
    return [written(words(count)), written(words(count))];
  },
  'all words equal': (count) => [
    new Array(count).fill('pay').join(' '),
    new Array(Math.floor(count * 0.9)).fill('pay').join(' '),
  ],
  'one word repeated, in a text': (count) => [
    written(writer(1).words(count)),
    new Array(count).fill(writer(1).words(1)[0]).join(' '),
  ],
  'reversed text': (count) => {
    const words = writer(1).words(count);
    return [words.join(' '), words.toReversed().join(' ')];
  },
  'two words at random': (count) => {
    const { lot } = writer(1);
    const flips = () =>
      Array.from({ length: count }, () => (lot(2) === 0 ? 'may' : 'not')).join(' ');
    return [flips(), flips()];
  },
  'every space another': (count) => {
    const words = writer(1).words(count);
    return [words.join(' '), words.join('\n')];
  },
  'shuffled sentences': (count) => {
    const { words, lot } = writer(1);
    const sentences = written(words(count)).split('. ');
    return [sentences.join('. '), shuffled(sentences, lot).join('. ')];
  },
};

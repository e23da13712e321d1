import { basename, dirname, extname } from 'node:path';
import { type Edtf, edtf } from '#events/edtf.ts';

/** How far a paper had come, as its file is named: earlier ones have smaller numbers. */
const STAGES: ReadonlyMap<string, number> = new Map([
  ...['draft', 'redline', 'redlined', 'markup'].map((word) => [word, 0] as const),
  ...['clean', 'conformed', 'copy'].map((word) => [word, 2] as const),
  ['final', 3],
  ...['signed', 'executed', 'countersigned'].map((word) => [word, 4] as const),
]);
const UNMARKED = 1;

/** What the name of a file says of its place among the versions of a document. */
export type VersionName = {
  /** The document, with its folder; the folder itself where the name holds nothing but marks. */
  readonly document: string;
  /** `v3.1` gives [3, 1]. */
  readonly number?: readonly number[];
  readonly date?: Edtf;
  readonly stage: number;
  /** Of `MSA (2).docx`, as a second download is named. */
  readonly copy: number;
};

type Marks = { number?: readonly number[]; date?: Edtf; stage?: number; copy?: number };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const two = (text: string): string => text.padStart(2, '0');
const monthOf = (word: string): string =>
  two(String(MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1));

const dated = (text: string): Marks | undefined => {
  const { data } = edtf.safeParse(text);
  return data && { date: data };
};

const YEAR = '((?:19|20)\\d\\d)';
const MONTH = `((?:${MONTHS.join('|')})[a-z]{0,6})\\.?`;

/** A mark at the end of a name: how it is written, and what it says. Longer forms stand before shorter ones. */
const MARKS: readonly (readonly [string, (...found: string[]) => Marks | undefined])[] = [
  [`v?${YEAR}([-_. ]?)(\\d\\d)\\2(\\d\\d)`, (y, _, m, d) => dated(`${y}-${m}-${d}`)],
  [`(\\d{1,2})\\.(\\d{1,2})\\.${YEAR}`, (d = '', m = '', y) => dated(`${y}-${two(m)}-${two(d)}`)],
  [
    `(\\d{1,2})[ _.-]+${MONTH}[ _.-]+${YEAR}`,
    (d = '', m = '', y) => dated(`${y}-${monthOf(m)}-${two(d)}`),
  ],
  [
    `${MONTH}[ _.-]+(\\d{1,2}),?[ _.-]+${YEAR}`,
    (m = '', d = '', y) => dated(`${y}-${monthOf(m)}-${two(d)}`),
  ],
  [`v?${YEAR}[-_.](\\d\\d)`, (y, m) => dated(`${y}-${m}`)],
  [`${MONTH}[ _.-]+${YEAR}`, (m = '', y) => dated(`${y}-${monthOf(m)}`)],
  [
    '(?:v|ver|version|rev|revision)[ _.]*(\\d{1,9}(?:\\.\\d{1,9})*)',
    (number = '') => ({ number: number.split('.').map(Number) }),
  ],
  [YEAR, (y = '') => dated(y)],
  ['\\((\\d{1,3})\\)', (copy) => ({ copy: Number(copy) })],
  [
    `(?:fully[ _-])?(${[...STAGES.keys()].join('|')})`,
    (word = '') => ({ stage: STAGES.get(word.toLowerCase()) ?? UNMARKED }),
  ],
];

const AT_END = MARKS.map(
  ([form, says]) => [new RegExp(`(?:^|[ _.,([-]+)${form}[)\\] ]*$`, 'i'), says] as const,
);
const AT_START = MARKS.slice(0, 1).map(
  ([form, says]) => [new RegExp(`^${form}[ _.,-]+`, 'i'), says] as const,
);

type Read = { readonly rest: string; readonly marks: Marks };

/** Takes one mark off a name; undefined when there is none that is not known already. */
const oneOff = ({ rest, marks }: Read, forms: typeof AT_END): Read | undefined => {
  for (const [form, says] of forms) {
    const found = form.exec(rest);
    const said = found === null ? undefined : says(...found.slice(1));
    if (found === null || said === undefined) continue;
    const isNew = Object.keys(said).every((key) => key === 'stage' || !(key in marks));
    if (!isNew) continue;
    const left = found.index === 0 ? rest.slice(found[0].length) : rest.slice(0, found.index);
    return { rest: left, marks: { ...said, ...marks } };
  }
  return undefined;
};

const allOff = (read: Read, forms: typeof AT_END): Read => {
  const next = oneOff(read, forms);
  return next === undefined ? read : allOff(next, forms);
};

/** Reads the name of a file, given by its path with `/`; `root` names what lies in no folder and is all marks. */
export const versionName = (path: string, root: string): VersionName => {
  const folder = dirname(path);
  const whole = basename(path, extname(path));
  const { rest, marks } = allOff(allOff({ rest: whole, marks: {} }, AT_END), AT_START);
  const name = rest.replace(/[\s_]+/g, ' ').replace(/^[ ,.-]+|[ ,.([-]+$/g, '');
  const parts = [folder, name].filter((part) => part !== '.' && part !== '');
  return { stage: UNMARKED, copy: 0, ...marks, document: parts.join('/') || root };
};

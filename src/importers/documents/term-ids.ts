import { type TermId, termId as termIdSchema } from '#events/values.ts';
import type { Part } from './part.ts';
import { plain } from './plain.ts';

const LONGEST = 48;
const OPENING_WORDS = 6;

/** Letters and digits of the Latin alphabet, `-` between words; empty where a text has none. */
const slug = (text: string): string => {
  const words = text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (words.length <= LONGEST) return words;
  const head = words.slice(0, LONGEST + 1);
  return head.slice(0, Math.max(head.lastIndexOf('-'), LONGEST / 2)).replace(/-+$/, '');
};

const NUMBER_OF_LIST = /^\(?(?:\d{1,3}|[a-zA-Z]{1,6})\)?$/;

const opening = (text: string): string =>
  plain(text.trimStart().slice(0, 300)).split(' ').slice(0, OPENING_WORDS).join(' ');

/** What a part is called by itself, and whether that says anything only beneath what it stands in. */
const nameOf = ({ kind, heading, number, text }: Part): readonly [string, isInner: boolean] => {
  const titled = slug(heading ?? '');
  if (titled !== '' && /[a-z]/.test(titled)) return [titled, false];
  if (number !== undefined && NUMBER_OF_LIST.test(number)) return [slug(number), true];
  const numbered = slug((number ?? '').replaceAll('§', 'section '));
  if (/[a-z]/.test(numbered)) return [numbered, false];
  const general = slug(kind);
  if (numbered !== '') return [`${general}-${numbered}`, false];
  if (kind === 'PREAMBLE') return [general, false];
  const first = slug(opening(text));
  return [/[a-z]{2}/.test(first) ? first : general, kind === 'PARAGRAPH'];
};

/** Gives new terms ids that a reader recognises. */
export class TermIds {
  readonly #isTaken: (termId: TermId) => boolean;
  readonly #prefix: string;
  readonly #given = new Set<TermId>();
  readonly #counts = new Map<string, number>();
  #above = '';

  /**
   * @param isTaken says of an id whether the agreement has or had it
   * @param prefix begins every id, such as `privacy.`; empty, or at most 40 characters of one
   */
  constructor(isTaken: (termId: TermId) => boolean, prefix: string) {
    this.#isTaken = isTaken;
    this.#prefix = prefix;
  }

  /** A part of the document, in order, that has its id already: others may stand beneath it. */
  pass(part: Part, termId: TermId): void {
    if (nameOf(part)[1]) return;
    const own = termId.startsWith(this.#prefix) ? termId.slice(this.#prefix.length) : termId;
    this.#above = own.slice(0, 100).replace(/[^A-Za-z0-9]+$/, '');
  }

  /** For the next part of the document. */
  give(part: Part): TermId {
    const [name, isInner] = nameOf(part);
    const beneath = this.#above === '' ? name : `${this.#above}.${name}`;
    const tries = isInner ? [beneath] : [name, beneath];
    const found = tries.map((one) => this.#free(one)).find((one) => one !== undefined);
    const termId = found ?? this.#counted(tries.at(-1) ?? name);
    this.#given.add(termId);
    this.pass(part, termId);
    return termId;
  }

  #free(name: string): TermId | undefined {
    const termId = termIdSchema.parse(`${this.#prefix}${name}`);
    return this.#given.has(termId) || this.#isTaken(termId) ? undefined : termId;
  }

  #counted(name: string): TermId {
    for (let count = this.#counts.get(name) ?? 2; ; count++) {
      const free = this.#free(`${name}-${count}`);
      if (free === undefined) continue;
      this.#counts.set(name, count + 1);
      return free;
    }
  }
}

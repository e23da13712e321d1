import { type TermId, termId as termIdSchema } from '#events/values.ts';
import type { Part } from './part.ts';
import { plain } from './plain.ts';
import { slug } from './slug.ts';

const LONGEST = 48;
const OPENING_WORDS = 6;

/** A slug of a sensible length, in which an apostrophe divides no word. */
const shortSlug = (text: string): string => {
  const words = slug(text.normalize('NFKD').replace(/['’]/g, ''));
  if (words.length <= LONGEST) return words;
  const head = words.slice(0, LONGEST + 1);
  return head.slice(0, Math.max(head.lastIndexOf('-'), LONGEST / 2)).replace(/-+$/, '');
};

const NUMBER_OF_LIST = /^\(?(?:\d{1,3}|[a-zA-Z]{1,6})\)?$/;

const opening = (text: string): string =>
  plain(text.trimStart().slice(0, 300)).split(' ').slice(0, OPENING_WORDS).join(' ');

/** Whether the name of a part says anything only beneath what it stands in. */
const isInner = ({ kind, heading, number }: Part): boolean => {
  if (heading !== undefined && /\p{sc=Latn}/u.test(heading)) return false;
  return number === undefined ? kind === 'PARAGRAPH' : NUMBER_OF_LIST.test(number);
};

/** What a part is called by itself. */
const nameOf = (part: Part): string => {
  const { kind, heading, number, text } = part;
  const titled = shortSlug(heading ?? '');
  if (/[a-z]/.test(titled)) return titled;
  const numbered = shortSlug((number ?? '').replaceAll('§', 'section '));
  if (numbered !== '' && (isInner(part) || /[a-z]/.test(numbered))) return numbered;
  const general = shortSlug(kind);
  if (numbered !== '') return `${general}-${numbered}`;
  if (kind === 'PREAMBLE') return general;
  const first = shortSlug(opening(text));
  return /[a-z]{2}/.test(first) ? first : general;
};

/** Gives new terms ids that a reader recognises. */
export class TermIds {
  readonly #isTaken: (termId: TermId) => boolean;
  readonly #prefix: string;
  readonly #given = new Set<TermId>();
  readonly #counts = new Map<string, number>();
  #above: TermId | undefined;

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
    if (!isInner(part)) this.#above = termId;
  }

  /** For the next part of the document. */
  give(part: Part): TermId {
    const own = nameOf(part);
    const name = isInner(part) ? this.#beneath(own) : own;
    const termId = this.#free(name) ?? this.#counted(name);
    this.#given.add(termId);
    this.pass(part, termId);
    return termId;
  }

  #beneath(name: string): string {
    if (this.#above === undefined) return name;
    const start = this.#above.startsWith(this.#prefix) ? this.#prefix.length : 0;
    const above = this.#above.slice(start, start + 100).replace(/[^A-Za-z0-9]+$/, '');
    return `${above}.${name}`;
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

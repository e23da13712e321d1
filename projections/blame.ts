import { parseDay } from '#events/days.ts';
import type { ChangeId, TermId } from '#events/values.ts';
import type { Coordinates } from './coordinates.ts';
import { diffWords } from './diff/words.ts';
import { Table } from './fold/apply.ts';
import { type Change, successorsIn } from './fold/change.ts';
import type { Sheet } from './fold/scene.ts';
import type { Step } from './fold/step.ts';
import { type Content, fieldsOf, type Live } from './fold/terms.ts';
import { fieldKey } from './fold/touch.ts';
import { workingsOn } from './fold/workings.ts';
import { type History, stateAt } from './history.ts';

/** A stretch of a term's prose and the change that its words come from. */
export type Passage = { readonly text: string; readonly changeId: ChangeId };

/** Where everything that one term says comes from. */
export type Blame = {
  readonly termId: TermId;
  /** Joined they are the prose, to the character; none without prose. Two side by side differ in their change. */
  readonly passages: readonly Passage[];
  /** For each field that is set (`kind`, `heading`, `number`, `after`, `facts.<name>`) the change that set it so. */
  readonly fields: { readonly [field: string]: ChangeId };
};

type Credits = Pick<Blame, 'passages'> & { readonly fields: ReadonlyMap<string, ChangeId> };
/** A value that stood there before, and where it came from. */
type Beneath = { readonly content: Content; readonly credits: Credits };

const textIn = (passages: readonly Passage[]): string => passages.map(({ text }) => text).join('');

/** Neighbours of one change as one passage. */
const joined = (passages: readonly Passage[]): readonly Passage[] => {
  const kept: Passage[] = [];
  for (const passage of passages) {
    const last = kept.at(-1);
    if (passage.text === '') continue;
    if (last?.changeId !== passage.changeId) kept.push(passage);
    else kept[kept.length - 1] = { ...last, text: last.text + passage.text };
  }
  return kept;
};

/** Hands out the passages of a text from its beginning on, a number of characters at a time. */
const reader = (passages: readonly Passage[]) => {
  let [at, used] = [0, 0];
  return (length: number): readonly Passage[] => {
    const taken: Passage[] = [];
    for (let left = length; left > 0; ) {
      const passage = passages[at];
      if (passage === undefined) break;
      const text = passage.text.slice(used, used + left);
      taken.push({ ...passage, text });
      left -= text.length;
      used += text.length;
      if (used === passage.text.length) [at, used] = [at + 1, 0];
    }
    return taken;
  };
};

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** A stretch of words that another term shares by chance is shorter; that of a move (model §8) is as long. */
const LEAST_WORDS = 3;

/** Words of the text before keep their credit, all others are the change's. */
const carried = (
  before: readonly Passage[],
  after: string,
  { by, least }: { readonly by: ChangeId; readonly least: number },
): readonly Passage[] => {
  const read = reader(before);
  const hunks = diffWords(textIn(before), after);
  const keeps = (text: string) => hunks.length === 1 || (text.match(WORD) ?? []).length >= least;
  const passages = hunks.flatMap(({ op, text }) => {
    const old = op === 'INSERT' ? [] : read(text.length);
    if (op === 'DELETE') return [];
    return op === 'EQUAL' && keeps(text) ? old : [{ text, changeId: by }];
  });
  return joined(passages);
};

const BETWEEN = '\n\n';

/** The texts beneath, one behind the other; what lies between them is the change's. */
const proseBeneath = (beneath: readonly Beneath[], by: ChangeId): readonly Passage[] =>
  beneath
    .filter(({ credits }) => credits.passages.length > 0)
    .flatMap(({ credits }, i) => [
      ...(i === 0 ? [] : [{ text: BETWEEN, changeId: by }]),
      ...credits.passages,
    ]);

const fieldCredits = (content: Content, beneath: readonly Beneath[], by: ChangeId) => {
  const fields = fieldsOf(content).filter((field) => field !== 'prose');
  return new Map(
    fields.map((field) => {
      const said = fieldKey(content, field);
      const same = beneath.find((one) => fieldKey(one.content, field) === said);
      return [field, same?.credits.fields.get(field) ?? by] as const;
    }),
  );
};

/** What a term said itself before a change, and what the terms said whose place it takes. */
type Sources = { readonly own: Beneath | undefined; readonly replaced: readonly Beneath[] };

const creditsFor = (content: Content, { own, replaced }: Sources, by: ChangeId): Credits => {
  const beneath = own === undefined ? replaced : [own, ...replaced];
  const { prose = '' } = content;
  const isSame = replaced.length === 0 && own !== undefined && (own.content.prose ?? '') === prose;
  const least = replaced.length === 0 ? 0 : LEAST_WORDS;
  return {
    passages: isSame
      ? own.credits.passages
      : carried(proseBeneath(beneath, by), prose, { by, least }),
    fields: fieldCredits(content, beneath, by),
  };
};

/** Applies the steps of a day once more, and keeps where the words of some terms come from. */
class Walk {
  readonly #table = new Table();
  readonly #credits = new Map<TermId, Credits>();
  readonly #wanted: ReadonlySet<TermId>;

  constructor(wanted: ReadonlySet<TermId>) {
    this.#wanted = wanted;
  }

  apply(step: Step): void {
    const { change } = step.dated;
    const terms = [...new Set([...change.acts, ...change.brings])];
    const before = new Map(terms.map((termId) => [termId, this.#standing(termId)]));
    this.#table.apply(step);
    for (const termId of terms) {
      if (!this.#wanted.has(termId)) continue;
      const live = this.#table.live.get(termId);
      if (live === undefined) this.#credits.delete(termId);
      else if (live.content !== before.get(termId)?.content) this.#set(live, change, before);
    }
  }

  of(termId: TermId): Credits | undefined {
    return this.#credits.get(termId);
  }

  #standing(termId: TermId): Beneath | undefined {
    const live = this.#table.live.get(termId);
    const credits = this.#credits.get(termId);
    return live && credits && { content: live.content, credits };
  }

  #set(live: Live, change: Change, before: ReadonlyMap<TermId, Beneath | undefined>): void {
    const own = before.get(live.termId);
    const replaced = change.acts
      .filter((from) => from !== live.termId && successorsIn(change, from).includes(live.termId))
      .flatMap((from) => before.get(from) ?? []);
    const credits = creditsFor(live.content, { own, replaced }, change.changeId);
    this.#credits.set(live.termId, credits);
  }
}

/** The terms named, and all that lineage leads back to. */
const withAncestors = (terms: readonly TermId[], { table }: Sheet): ReadonlySet<TermId> => {
  const reached = new Set(terms);
  // A set grows under its own iteration.
  for (const termId of reached) {
    for (const { from, to } of table.edges) if (to === termId) reached.add(from);
  }
  return reached;
};

/**
 * Where the words and fields of terms in force come from, in the order of the terms; all terms when none are named,
 * and nothing for one that is not in force.
 *
 * The changes of the day are applied once more in the fold's own order. Words that stood in the prose before a
 * change and still stand behind it keep the change they came from, all others are the change's own. That goes for
 * amendments, rectifications, restatements and everything else alike, and through lineage: before what a
 * replacement brings in stands the prose of the terms whose place it takes, one behind the other in the order in
 * which it names them; from there only stretches of three words or more are taken over. So a passage may come from
 * a change that `causedBy` does not name any more. A field set to what it said already keeps its change too. Where
 * a term had ended and is added anew, it begins anew.
 */
export const blameAt = (
  history: History,
  at: Coordinates,
  named?: readonly TermId[],
): readonly Blame[] => {
  const inForce = stateAt(history, at).terms.map(({ termId }) => termId);
  const terms = named === undefined ? inForce : named.filter((termId) => inForce.includes(termId));
  if (terms.length === 0) return [];
  const { sheet } = workingsOn(history.scene(at), parseDay(at.effectiveOn), at.assume);
  const walk = new Walk(withAncestors(terms, sheet));
  for (const step of sheet.steps) walk.apply(step);
  return terms.flatMap((termId) => {
    const credits = walk.of(termId);
    if (credits === undefined) return [];
    return { termId, passages: credits.passages, fields: Object.fromEntries(credits.fields) };
  });
};

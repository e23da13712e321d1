import { content, isAway, type RuleState } from '#agreement/rule-state.ts';
import { type Decided, isChange } from '#events/event.ts';
import { type ChangeInput, VERBS } from '#events/verbs.ts';
import { changesBetween } from './changes-between.ts';
import { type MarkedText, markedText } from './marked-text.ts';
import { OwnTexts } from './own-texts.ts';
import { partsIn } from './parts-of.ts';
import { recordedAs } from './recorded-versions.ts';
import { carriedOn, NOTHING, type Standing } from './standing.ts';
import type { Placed } from './timeline.ts';
import { WordReader } from './words.ts';

const VERB_OF = new Map<string, string>(Object.entries(VERBS).map(([verb, type]) => [type, verb]));

/** A recorded change as it was asked for. */
const asAsked = ({ type, data }: Decided): readonly ChangeInput[] => {
  const verb = VERB_OF.get(type);
  if (verb === undefined) return [];
  const { instrumentId: _, changeId: __, ...asked } = data as { [key: string]: unknown };
  // The verb's shape is the payload without its instrument.
  return [{ [verb]: asked } as unknown as ChangeInput];
};

const recordedBy = (state: RuleState, version: Placed): readonly ChangeInput[] =>
  (state.changesOf.get(recordedAs(state, version) ?? '') ?? [])
    .filter((entry) => isChange(entry.event) && !isAway(entry))
    .flatMap((entry) => asAsked(content(entry)));

/** The terms of a document while its versions are gone through, one behind the other. */
export class DocumentTerms {
  #standing: Standing;
  /** The version before, where it was read. */
  #before: MarkedText | undefined;
  #reader = new WordReader();
  readonly #texts = new OwnTexts();

  private constructor(standing: Standing) {
    this.#standing = standing;
  }

  /** As they stand, by the record, behind these versions. */
  static behind(state: RuleState, versions: readonly Placed[]): DocumentTerms {
    const standing = versions.reduce(
      (before, version) => carriedOn(before, recordedBy(state, version)),
      NOTHING,
    );
    return new DocumentTerms(standing);
  }

  /** How many terms it has. */
  get count(): number {
    return this.#standing.parts.length;
  }

  /** The changes after which the document says this; absent: after which it is withdrawn. */
  saying(text: string | undefined): readonly ChangeInput[] {
    const marked = text === undefined ? undefined : markedText(text, this.#before);
    this.#before = marked;
    if (this.#reader.isFull) this.#reader = new WordReader();
    const parts = marked === undefined ? [] : partsIn(marked).map((part) => this.#texts.part(part));
    const { changes, standing } = changesBetween(this.#standing, parts, { reader: this.#reader });
    this.#standing = standing;
    return changes;
  }
}

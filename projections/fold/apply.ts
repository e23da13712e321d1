import type { DataOf } from '#events/event.ts';
import type { Term, TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import type { LineageEdge } from '../state.ts';
import { type Change, successorsIn } from './change.ts';
import type { Dated } from './dates.ts';
import { edgesFrom } from './edges.ts';
import { type Ending, fieldsAgain, revives, type Step } from './step.ts';
import { amended, type Content, contentOf, type Live, onlyFields } from './terms.ts';
import {
  drifts,
  narrowed,
  outTouch,
  PRESENCE,
  partTouch,
  type Touch,
  wholeTouch,
} from './touch.ts';

/** What an applied change met: judged by the findings on the change's own start day. */
export type Remark = {
  readonly code:
    | 'ORPHANED_CHANGE'
    | 'ADDED_AGAIN'
    | 'EXPECTATION_FAILED'
    | 'UNMAPPED_ON_RESTATEMENT';
  readonly terms: readonly TermId[];
};

/** The terms while changes are applied to them in order (model §6.6). */
export class Table {
  readonly live = new Map<TermId, Live>();
  readonly ended = new Map<TermId, Ending>();
  readonly touches = new Map<TermId, Touch[]>();
  readonly remarks = new Map<Change, Remark[]>();
  readonly edges: LineageEdge[] = [];
  /** The first term that each replacing term took the place of, for the reading order. */
  readonly placeOf = new Map<TermId, TermId>();
  /** Every term that ever came in, as it was last. */
  readonly known = new Map<TermId, Live>();

  apply(step: Step): void {
    if (step.how === 'gone') return this.#gone(step);
    if (step.how === 'ended') return this.#pastEnd(step.dated);
    if (step.again === undefined) this.#judge(step.dated);
    const { change } = step.dated;
    if (change.type === 'TermAmended' || change.type === 'TermRectified') {
      return this.#amend(step, change.data);
    }
    this.#replace(step);
  }

  #amend(step: Step, { termId, values }: DataOf<'TermAmended' | 'TermRectified'>): void {
    const live = this.live.get(termId);
    if (live === undefined) return;
    const again = fieldsAgain(step, termId);
    const part = again === undefined ? values : onlyFields(values, again, false);
    this.#set(live, part, step.dated, again !== undefined);
    this.#touch(termId, partTouch(step.dated, part));
  }

  /** @param moved it stands among the causes already, where it was applied before */
  #set(live: Live, values: TermValues, by: Dated, moved: boolean): void {
    const causes = moved ? live.causes.filter(({ change }) => change !== by.change) : live.causes;
    causes.push(by);
    this.#keep({ ...live, content: amended(live.content, values), causes });
  }

  #keep(live: Live): void {
    this.live.set(live.termId, live);
    this.known.set(live.termId, live);
  }

  #replace(step: Step): void {
    const { dated, again } = step;
    const { change } = dated;
    const there = change.acts.filter((termId) => this.live.has(termId));
    if (again === undefined) this.#draw(change, there);
    for (const termId of change.ends) {
      if (fieldsAgain(step, termId)?.has(PRESENCE) === false) continue;
      if (this.live.has(termId)) this.#touch(termId, outTouch(dated));
      this.#end(termId, dated);
    }
    for (const term of change.whole) this.#bring(step, term, there);
  }

  #bring(step: Step, term: Term, there: readonly TermId[]): void {
    const { dated } = step;
    const { termId } = term;
    const content = contentOf(term);
    const touch = wholeTouch(dated, content);
    const again = fieldsAgain(step, termId);
    if (again?.has(PRESENCE) === false) return this.#bringPart(termId, content, again, touch);
    const replaced = there.find(
      (from) => from !== termId && successorsIn(dated.change, from).includes(termId),
    );
    if (replaced !== undefined) this.placeOf.set(termId, replaced);
    const since = this.live.get(termId)?.since ?? dated;
    this.#keep({ termId, content, since, causes: [dated] });
    this.ended.delete(termId);
    this.#touch(termId, again === undefined ? touch : narrowed(touch, again));
  }

  /** A whole value applied once more for some of its fields. */
  #bringPart(termId: TermId, content: Content, again: ReadonlySet<string>, touch: Touch): void {
    const live = this.live.get(termId);
    if (live === undefined || again.size === 0) return;
    this.#set(live, onlyFields(content, again, true), touch.dated, true);
    this.#touch(termId, narrowed(touch, again));
  }

  /** A term that is gone already was ended by whatever came first. */
  #end(termId: TermId, by: Dated): void {
    const before = this.ended.get(termId);
    const wasThere = this.live.delete(termId);
    if (!wasThere && (before === undefined || before.day <= by.from)) return;
    const successors = successorsIn(by.change, termId);
    const standing = successors.length > 0 ? 'REPLACED' : 'REMOVED';
    this.ended.set(termId, { standing, by, day: by.from, successors });
  }

  #gone({ dated, ending }: Step): void {
    for (const term of dated.change.whole) this.#lose(term, dated, ending);
  }

  #lose(term: Term, dated: Dated, ending: Ending | undefined): void {
    const { termId } = term;
    if (this.live.has(termId) || ending === undefined) return;
    this.ended.set(termId, ending);
    if (this.known.has(termId)) return;
    this.known.set(termId, { termId, content: contentOf(term), since: dated, causes: [dated] });
  }

  /** Model §6.6: behind its end a replacement ends what it brought in, and what it ended unless it revives. */
  #pastEnd(dated: Dated): void {
    const { change } = dated;
    const there = change.acts.filter((termId) => this.live.has(termId));
    this.#draw(change, there);
    if (!revives(dated)) for (const termId of change.ends) this.#end(termId, dated);
    const ending = { standing: 'EXPIRED', by: dated, day: dated.until, successors: [] } as const;
    for (const term of change.whole) {
      if (revives(dated) && there.includes(term.termId)) continue;
      this.live.delete(term.termId);
      this.#lose(term, dated, ending);
    }
  }

  #draw(change: Change, there: readonly TermId[]): void {
    for (const from of there) {
      for (const edge of edgesFrom(change, from)) this.edges.push(edge);
    }
  }

  #judge(dated: Dated): void {
    const { change } = dated;
    const missing = change.acts.filter((termId) => !this.live.has(termId));
    this.#remark(dated, 'ORPHANED_CHANGE', missing);
    if (change.type === 'AgreementRestated') {
      const named = new Set([...change.acts, ...change.brings]);
      const unmapped = [...this.live.keys()].filter((termId) => !named.has(termId));
      return this.#remark(dated, 'UNMAPPED_ON_RESTATEMENT', unmapped);
    }
    const there = change.brings.filter((termId) => this.live.has(termId));
    this.#remark(
      dated,
      'ADDED_AGAIN',
      there.filter((termId) => !change.acts.includes(termId)),
    );
    if (change.type === 'TermAmended') this.#expect(dated, change.data);
  }

  #expect(dated: Dated, { termId, expects }: DataOf<'TermAmended'>): void {
    const beneath = this.live.get(termId)?.content;
    if (expects === undefined || beneath === undefined) return;
    if (drifts(expects, beneath)) this.#remark(dated, 'EXPECTATION_FAILED', [termId]);
  }

  #touch(termId: TermId, touch: Touch): void {
    const touches = this.touches.get(termId);
    if (touches === undefined) this.touches.set(termId, [touch]);
    else touches.push(touch);
  }

  #remark({ change }: Dated, code: Remark['code'], terms: readonly TermId[]): void {
    if (terms.length === 0) return;
    this.remarks.set(change, [...(this.remarks.get(change) ?? []), { code, terms }]);
  }
}

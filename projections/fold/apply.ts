import type { DataOf } from '#events/event.ts';
import type { Term, TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import type { EndedTerm, LineageEdge } from '../state.ts';
import type { Change } from './change.ts';
import type { Dated } from './dates.ts';
import type { Step } from './step.ts';
import { amended, contentOf, fieldsOf, type Live, onlyFields } from './terms.ts';
import { fieldKey, outTouch, partTouch, type Touch, wholeTouch } from './touch.ts';

export type Ending = Pick<EndedTerm, 'standing'> & { readonly by: Dated };

/** What an applied change met: judged by the findings on the change's own start day. */
export type Remark = {
  readonly code:
    | 'ORPHANED_CHANGE'
    | 'ADDED_AGAIN'
    | 'EXPECTATION_FAILED'
    | 'UNMAPPED_ON_RESTATEMENT';
  readonly terms: readonly TermId[];
};

/** Lineage with what decides whether overlays and survival follow it. */
export type Edge = LineageEdge & { readonly oneToOne: boolean };

/** The terms while changes are applied to them in order (model §6.6). */
export class Table {
  readonly live = new Map<TermId, Live>();
  readonly ended = new Map<TermId, Ending>();
  readonly touches = new Map<TermId, Touch[]>();
  readonly remarks = new Map<Change, Remark[]>();
  readonly edges: Edge[] = [];
  /** The first term that each replacing term took the place of, for the reading order. */
  readonly placeOf = new Map<TermId, TermId>();
  /** Every term that ever came in, with what brought it in last. */
  readonly brought = new Map<TermId, Live>();

  apply(step: Step): void {
    const { dated } = step;
    const { change } = dated;
    switch (change.type) {
      case 'TermAdded':
        return this.#add(dated, change.data, step);
      case 'TermAmended':
        this.#expect(dated, change.data);
        return this.#set(step, change.data.termId, change.data.values);
      case 'TermRectified':
        return this.#set(step, change.data.termId, change.data.values);
      case 'TermRemoved':
        return this.#remove(dated, change.data.termId);
      case 'TermsReplaced':
        return this.#replace(step, change.data);
      case 'AgreementRestated':
        return this.#restate(step, change.data);
      default:
        return;
    }
  }

  #add(dated: Dated, data: DataOf<'TermAdded'>, step: Step): void {
    if (this.live.has(data.termId) && step.again === undefined) {
      this.#remark(dated, 'ADDED_AGAIN', [data.termId]);
    }
    this.#bring(dated, termIn(data));
  }

  #bring(dated: Dated, term: Term): void {
    const { termId } = term;
    const content = contentOf(term);
    const since = this.live.get(termId)?.since ?? dated;
    const live = { termId, content, since, causes: [dated] };
    this.live.set(termId, live);
    this.brought.set(termId, live);
    this.ended.delete(termId);
    this.#touch(termId, wholeTouch(dated, content));
  }

  #set(step: Step, termId: TermId, values: TermValues): void {
    const { dated } = step;
    const live = this.live.get(termId);
    if (live === undefined) return this.#remark(dated, 'ORPHANED_CHANGE', [termId]);
    const part = step.again === undefined ? values : onlyFields(values, step.again);
    this.live.set(termId, {
      ...live,
      content: amended(live.content, part),
      causes: step.again === undefined ? live.causes : live.causes.filter((c) => c !== dated),
    });
    this.live.get(termId)?.causes.push(dated);
    this.#touch(termId, partTouch(dated, part));
  }

  #remove(dated: Dated, termId: TermId): void {
    if (!this.live.has(termId)) return this.#remark(dated, 'ORPHANED_CHANGE', [termId]);
    this.#end(termId, 'REMOVED', dated);
  }

  #replace({ dated, how, again }: Step, data: DataOf<'TermsReplaced'>): void {
    const { changeId } = data;
    const there = data.from.filter((termId) => this.live.has(termId));
    const missing = data.from.filter((termId) => !this.live.has(termId));
    if (missing.length > 0 && again === undefined) this.#remark(dated, 'ORPHANED_CHANGE', missing);
    const present = data.to.filter((term) => this.live.has(term.termId));
    const addedAgain = present.map((term) => term.termId).filter((id) => !there.includes(id));
    if (addedAgain.length > 0 && again === undefined)
      this.#remark(dated, 'ADDED_AGAIN', addedAgain);
    for (const termId of there) this.#end(termId, 'REPLACED', dated);
    const oneToOne = data.from.length === 1 && data.to.length === 1;
    for (const term of data.to) {
      for (const from of there) this.#edge({ from, to: term.termId, changeId, oneToOne });
      this.#placed(term.termId, there[0]);
      this.#bringOrEnd(dated, term, how);
    }
  }

  #restate({ dated, how, again }: Step, data: DataOf<'AgreementRestated'>): void {
    const listed = new Set(data.terms.map((term) => term.termId));
    const mapped = new Set(data.mapping.map(({ from }) => from));
    const missing = [...mapped].filter((termId) => !this.live.has(termId));
    const unmapped = [...this.live.keys()].filter((id) => !listed.has(id) && !mapped.has(id));
    if (missing.length > 0 && again === undefined) this.#remark(dated, 'ORPHANED_CHANGE', missing);
    if (unmapped.length > 0) this.#remark(dated, 'UNMAPPED_ON_RESTATEMENT', unmapped);
    const there = data.mapping.filter(({ from }) => this.live.has(from));
    for (const { from, to } of there) this.#mapOut(dated, from, to, data);
    for (const term of data.terms) {
      const from = there.find(({ from: id, to }) => to === term.termId && id !== to)?.from;
      this.#placed(term.termId, from);
      this.#bringOrEnd(dated, term, how);
    }
  }

  #mapOut(dated: Dated, from: TermId, to: TermId | null, data: DataOf<'AgreementRestated'>): void {
    if (to === from) return;
    this.#end(from, to === null ? 'REMOVED' : 'REPLACED', dated);
    if (to === null) return;
    const shared = data.mapping.filter((entry) => entry.to === to || entry.from === from);
    this.#edge({ from, to, changeId: data.changeId, oneToOne: shared.length === 1 });
  }

  /** After its end a replacement ends what it brought in, at its own place in the order. */
  #bringOrEnd(dated: Dated, term: Term, how: Step['how']): void {
    if (how === 'applied') return this.#bring(dated, term);
    const content = contentOf(term);
    const { termId } = term;
    this.brought.set(termId, { termId, content, since: dated, causes: [dated] });
    this.live.delete(termId);
    this.ended.set(termId, { standing: 'EXPIRED', by: dated });
  }

  #end(termId: TermId, standing: Ending['standing'], by: Dated): void {
    this.live.delete(termId);
    this.ended.set(termId, { standing, by });
    this.#touch(termId, outTouch(by));
  }

  #edge(edge: Edge): void {
    const known = this.edges.some(
      (other) =>
        other.changeId === edge.changeId && other.from === edge.from && other.to === edge.to,
    );
    if (!known) this.edges.push(edge);
  }

  #placed(termId: TermId, first: TermId | undefined): void {
    if (first !== undefined && first !== termId) this.placeOf.set(termId, first);
  }

  #expect(dated: Dated, data: DataOf<'TermAmended'>): void {
    const beneath = this.live.get(data.termId)?.content;
    if (data.expects === undefined || beneath === undefined) return;
    const expected = data.expects;
    const drift = fieldsOf(expected).some(
      (field) => fieldKey(expected, field) !== fieldKey(beneath, field),
    );
    if (drift) this.#remark(dated, 'EXPECTATION_FAILED', [data.termId]);
  }

  #touch(termId: TermId, touch: Touch): void {
    const touches = this.touches.get(termId);
    if (touches === undefined) this.touches.set(termId, [touch]);
    else touches.push(touch);
  }

  #remark(dated: Dated, code: Remark['code'], terms: readonly TermId[]): void {
    const remarks = this.remarks.get(dated.change);
    if (remarks === undefined) this.remarks.set(dated.change, [{ code, terms }]);
    else remarks.push({ code, terms });
  }
}

const termIn = ({
  termId,
  kind,
  heading,
  number,
  prose,
  facts,
  after,
}: DataOf<'TermAdded'>): Term => ({
  termId,
  kind,
  ...(heading !== undefined && { heading }),
  ...(number !== undefined && { number }),
  ...(prose !== undefined && { prose }),
  ...(facts !== undefined && { facts }),
  ...(after !== undefined && { after }),
});

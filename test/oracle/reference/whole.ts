import { NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import type { TermId } from '#events/values.ts';
import type { EndedTerm } from '#projections/state.ts';
import { collapsed, endDay, type Mode } from './bounds.ts';
import type { Dated } from './change.ts';
import { inOrder, type Scene } from './order.ts';
import { withSuccessors } from './overlays.ts';
import type { Row, Step, Table } from './table.ts';

export type AgreementFields = {
  readonly title?: string;
  readonly description?: string;
  readonly endsOn?: string;
  readonly endsBy?: Dated;
  readonly survives?: readonly TermId[];
};

const merge = (fields: AgreementFields, { change, fields: only }: Step): AgreementFields => {
  if (change.body.type !== 'AgreementAmended') return fields;
  const { title, endsOn, survives, description } = change.body.data;
  const takes = (name: string) => only === undefined || only.has(`|${name}`);
  const { endsOn: _, endsBy: __, ...open } = fields;
  const base = endsOn === null && takes('endsOn') ? open : fields;
  const ends = typeof endsOn === 'string' && takes('endsOn');
  return {
    ...base,
    ...(title !== undefined && takes('title') && { title }),
    ...(description !== undefined && takes('description') && { description }),
    ...(survives !== undefined && takes('survives') && { survives }),
    ...(ends && { endsOn, endsBy: change }),
  };
};

export const agreementFields = (steps: readonly Step[]): AgreementFields =>
  steps.filter(({ how }) => how === 'APPLY' || how === 'AGAIN').reduce(merge, {});

const undoes = (change: Dated, day: number, scene: Scene, here: readonly Dated[]): boolean => {
  if (change.body.type !== 'AgreementReinstated') return false;
  if (here.some(({ id }) => id === change.id)) return true;
  const { relatesBack } = change.body.data;
  return relatesBack && change.day < NEVER && change.day > day && scene.fate.stands(change, day);
};

/** The terminations that hold, in order. */
const holding = (candidates: readonly Dated[], day: number, scene: Scene): Dated[] =>
  candidates.filter((change, index) => {
    if (change.body.type !== 'AgreementTerminated') return false;
    const behind = candidates.slice(index + 1);
    const later = scene.active.filter((c) => c.day > day && inOrder(change, c) < 0);
    return ![...behind, ...later].some((c) => undoes(c, day, scene, candidates));
  });

export type Whole = {
  readonly standing?: 'TERMINATED' | 'EXPIRED';
  readonly rows: readonly Row[];
  readonly ended: readonly EndedTerm[];
  readonly end?: { readonly by: Dated; readonly date: Bounds; readonly terms: readonly TermId[] };
};

type Cause = Pick<EndedTerm, 'standing' | 'causedBy'> & { readonly day: number };

/** What the end of the whole agreement does to the terms (§6.7). */
export const wholeOn = (
  table: Table,
  candidates: readonly Dated[],
  fields: AgreementFields,
  day: number,
  scene: Scene,
  mode: Mode,
): Whole => {
  const terminations = holding(candidates, day, scene);
  const surviving = terminations.map((t) => ({
    t,
    terms: withSuccessors(
      t.body.type === 'AgreementTerminated' ? t.body.data.survives : [],
      table.lineage,
    ),
  }));
  const survives = withSuccessors(fields.survives ?? [], table.lineage);
  const raw = fields.endsOn === undefined ? undefined : bounds(fields.endsOn);
  const endsOn = raw === undefined ? NEVER : endDay(raw, mode);
  const terminatedBy = (id: TermId): Cause | undefined => {
    const by = surviving.find(({ terms }) => !terms.has(id))?.t;
    return by && { standing: 'TERMINATED', causedBy: by.id, day: by.day };
  };
  const lives = (id: TermId) => terminations.length > 0 || survives.has(id);
  const causeOf = (id: TermId): Cause | undefined => {
    const terminated = terminatedBy(id);
    if (terminated !== undefined || endsOn > day || lives(id)) return terminated;
    return fields.endsBy && { standing: 'EXPIRED', causedBy: fields.endsBy.id, day: endsOn };
  };
  const rows = [...table.rows.values()];
  const ended = rows.flatMap(({ termId, bringer }): EndedTerm[] => {
    const cause = causeOf(termId);
    if (cause === undefined || bringer.day >= cause.day) return [];
    const { day: _, ...rest } = cause;
    return [{ termId, ...rest, successors: [] }];
  });
  const terms = rows.map(({ termId }) => termId).filter((id) => !lives(id));
  return {
    ...(terminations.length > 0
      ? { standing: 'TERMINATED' as const }
      : endsOn <= day && { standing: 'EXPIRED' as const }),
    rows: rows.filter(({ termId }) => causeOf(termId) === undefined),
    ended: [...[...table.ended.values()].map(({ day: _, ...end }) => end), ...ended],
    ...(raw && fields.endsBy && { end: { by: fields.endsBy, date: collapsed(raw, mode), terms } }),
  };
};

import type { TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import { actsOn, brings, type Change, type Dated, termsOf } from './change.ts';
import { valuesOf } from './fields.ts';
import type { Found } from './findings.ts';
import type { Known } from './known.ts';
import { saidOf } from './known.ts';
import { type Row, type Step, Table } from './table.ts';

/** The table as a change found it on the day asked for. */
const before = (steps: readonly Step[], change: Dated): Table | undefined => {
  const at = steps.findIndex((s) => s.change.id === change.id && s.how === 'APPLY');
  if (at < 0) return undefined;
  const table = new Table();
  for (const step of steps.slice(0, at)) table.apply(step);
  return table;
};

const drifts = (row: Row, expects: TermValues): boolean => {
  const { termId, value, after } = row;
  const actual = valuesOf({ termId, ...value, ...(after && { after }) });
  return [...valuesOf(expects)].some(([name, expected]) => (actual.get(name) ?? '') !== expected);
};

const found = (code: Found['code'], change: Dated, terms: readonly TermId[]): Found[] =>
  terms.length === 0 ? [] : [{ code, changes: [change.id], terms }];

const addedAgain = ({ body }: Dated, table: Table): TermId[] => {
  if (body.type === 'AgreementRestated') return [];
  const acted = actsOn(body);
  return brings(body).filter((termId) => table.has(termId) && !acted.includes(termId));
};

const unmapped = ({ body }: Dated, table: Table): TermId[] => {
  if (body.type !== 'AgreementRestated') return [];
  const named = new Set([...actsOn(body), ...brings(body)]);
  return [...table.rows.keys()].filter((termId) => !named.has(termId));
};

const unexpected = ({ body }: Dated, table: Table): TermId[] => {
  if (body.type !== 'TermAmended' || body.data.expects === undefined) return [];
  const row = table.rows.get(body.data.termId);
  return row !== undefined && drifts(row, body.data.expects) ? [body.data.termId] : [];
};

/** Judged on the change's own start day. */
export const startFindings = (
  candidates: readonly Dated[],
  stepsOf: (day: number) => readonly Step[],
): Found[] =>
  candidates.flatMap((change) => {
    const table = before(stepsOf(change.day), change);
    if (table === undefined) return [];
    const missing = actsOn(change.body).filter((termId) => !table.has(termId));
    return [
      ...found('ORPHANED_CHANGE', change, missing),
      ...found('ADDED_AGAIN', change, addedAgain(change, table)),
      ...found('EXPECTATION_FAILED', change, unexpected(change, table)),
      ...found('UNMAPPED_ON_RESTATEMENT', change, unmapped(change, table)),
    ];
  });

const targetOf = ({ type, data }: Change['body']): string | undefined =>
  type === 'ChangeVoided' || type === 'TermRectified' ? data.target : undefined;

const depends = (change: Change, { all, changes }: Known): boolean => {
  const paper = saidOf(all, 'InstrumentRecorded').find(
    ({ data }) => data.instrumentId === change.instrumentId,
  );
  if (paper?.away === true) return true;
  const target = targetOf(change.body);
  if (changes.some(({ id, away }) => id === target && away)) return true;
  return actsOn(change.body).some((termId) => {
    const bringers = changes.filter(
      ({ id, body }) => id !== change.id && brings(body).includes(termId),
    );
    return bringers.length > 0 && bringers.every(({ away }) => away);
  });
};

export const retractedFindings = (candidates: readonly Dated[], known: Known): Found[] =>
  candidates
    .filter((change) => depends(change, known))
    .map((change) => ({
      code: 'DEPENDS_ON_RETRACTED',
      changes: [change.id],
      terms: termsOf(change.body),
    }));

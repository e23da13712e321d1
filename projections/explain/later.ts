import { isoInstant } from '#events/instants.ts';
import type { Change } from '../fold/change.ts';
import { publications } from '../fold/change.ts';
import type { Revision } from '../state.ts';
import { concerning } from './concerning.ts';
import type { Reason } from './explanation.ts';
import { type Ground, nameOf } from './ground.ts';

/** The whole record as it is now, whatever was known or executed at the point. */
const wholeRecord = ({ history, at }: Ground) =>
  history.scene({ effectiveOn: at.effectiveOn, ...(at.uncertain && { uncertain: at.uncertain }) });

const later = (rule: Reason['rule'], change: Change, text: string): Reason => ({
  rule,
  by: [change.changeId],
  fields: [],
  text,
});

const becamePublic = (change: Change): string => {
  const [first] =
    change.announced === undefined ? publications(change).toSorted() : [change.announced];
  return first === undefined ? 'was never announced' : `was announced ${first}`;
};

const notKnown = (change: Change, { at }: Ground): Reason => {
  const name = nameOf(change);
  const isRead = at.position === undefined || change.position <= at.position;
  if (at.knowledge === 'PUBLIC' && isRead) {
    return later('NOT_PUBLIC_THEN', change, `${name} ${becamePublic(change)}`);
  }
  const when = isoInstant(change.recordedAt);
  return later(
    'NOT_KNOWN_THEN',
    change,
    `${name} was recorded at ${when}, position ${change.position}`,
  );
};

const said = ({ changeId, how, by }: Revision): string => `${changeId} ${how} ${by}`;

const revisedLater = (change: Change, how: Revision['how']): Reason =>
  how === 'RETRACTED'
    ? later('RETRACTED', change, `the record of ${nameOf(change)} was taken back later`)
    : later('CORRECTED', change, `what is recorded of ${nameOf(change)} was corrected later`);

/** What concerns the term and was not known at the point: changes, corrections and retractions. */
export const learnedLater = (ground: Ground): readonly Reason[] => {
  const { knowledge } = ground.scene;
  const now = wholeRecord(ground).knowledge;
  const known = new Set([...knowledge.changes, ...knowledge.retracted].map((one) => one.changeId));
  const all = concerning(
    [...now.changes, ...now.retracted].toSorted((a, b) => a.position - b.position),
    ground.termId,
    ground.sheet.table.edges,
  );
  const byId = new Map(all.map((change) => [change.changeId, change]));
  const told = new Set(knowledge.revised.map(said));
  const revised = now.revised.filter((one) => known.has(one.changeId) && !told.has(said(one)));
  return [
    ...all
      .filter((change) => !known.has(change.changeId))
      .map((change) => notKnown(change, ground)),
    ...revised.flatMap(({ changeId, how }) => {
      const change = byId.get(changeId);
      return change === undefined ? [] : revisedLater(change, how);
    }),
  ];
};

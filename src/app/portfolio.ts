import { FIRST_DAY, NEVER } from '#events/days.ts';
import type { Impacted, ImpactQuestion } from '#portfolio/index-reader.ts';
import type { Point } from '#portfolio/matching.ts';
import { PortfolioIndex } from '#portfolio/portfolio-index.ts';
import { heldIn } from '#projections/portfolio/held.ts';
import { Outline } from '#projections/portfolio/outline.ts';
import type { AgreementState } from '#projections/state.ts';
import type { EventStore } from '#store/store.ts';
import { PROJECTION_VERSION } from './answer.ts';
import type { PortfolioPage } from './app.ts';
import type { PortfolioFollower } from './portfolio-follower.ts';
import { isHeldAt, isIndexed, pointsOf } from './portfolio-points.ts';
import {
  type PortfolioQuestion,
  readPortfolioCursor,
  writePortfolioCursor,
} from './portfolio-question.ts';
import type { Question } from './question.ts';
import { positionOf } from './resolve-question.ts';

/** When and how far a question is asked; it stays the same over all pages of a list. */
export type Moment = { readonly now: number; readonly position: number };

export type PortfolioSources = {
  readonly store: EventStore;
  readonly follower: PortfolioFollower;
  /** Ids of all agreements. */
  readonly agreements: () => Promise<readonly string[]>;
  /** The state of one agreement as it is asked at a moment; undefined where there is none of that id. */
  readonly stateAt: (
    id: string,
    at: Question,
    moment: Moment,
  ) => Promise<AgreementState | undefined>;
  /** The moment at which a question is asked that may name a position. */
  readonly moment: (at: Question) => Promise<Moment>;
};

/** Where an answer is looked up: an index and the points to ask. */
type Place = { readonly index: PortfolioIndex; readonly points: readonly Point[] };

/** Everything is held on one day at one position. */
const HERE: Point = { day: 0, position: 0 };

const outlineOf = (state: AgreementState): Outline => {
  const outline = new Outline([]);
  const always = { from: FIRST_DAY, until: NEVER };
  outline.turn(0, [{ ...always, stretches: [{ ...always, held: heldIn(state) }] }]);
  return outline;
};

/** What the index can't tell is folded, agreement by agreement, into an index of its own for this one question. */
const folded = async (
  { agreements, stateAt }: PortfolioSources,
  at: Question,
  moment: Moment,
): Promise<PortfolioIndex> => {
  const index = new PortfolioIndex(PROJECTION_VERSION);
  const { generation } = index.follows();
  for (const agreementId of await agreements()) {
    const state = await stateAt(agreementId, at, moment);
    if (state === undefined) continue;
    const gain = { agreementId, zone: '', zoneFirst: '', after: 0, revision: 1 };
    index.put([{ ...gain, outline: outlineOf(state) }], generation);
  }
  return index;
};

const lookUp = async <T>(
  sources: PortfolioSources,
  { at, moment }: { readonly at: Question; readonly moment: Moment },
  ask: (place: Place) => T,
): Promise<T> => {
  const { store, follower } = sources;
  const position = positionOf(at, moment);
  const index = isIndexed(at) ? await follower.reaching(position) : undefined;
  if (index !== undefined) {
    const points = await pointsOf(store, at, { present: moment, zones: index.zones() });
    if (await isHeldAt(store, points)) return ask({ index, points });
  }
  const own = await folded(sources, at, moment);
  try {
    return ask({ index: own, points: [HERE] });
  } finally {
    own.close();
  }
};

/** One page of the agreements that fulfil what is asked. @throws {QuestionError} */
export const portfolioPage = async (
  sources: PortfolioSources,
  asked: PortfolioQuestion,
  { first, after }: { readonly first: number; readonly after?: string | undefined },
): Promise<PortfolioPage> => {
  const { at = {}, filter = {}, order = { by: 'ID' } } = asked;
  const cursor = after === undefined ? undefined : readPortfolioCursor(asked, after);
  const moment = cursor ?? (await sources.moment(at));
  const { now, position } = moment;
  const page = await lookUp(sources, { at, moment }, ({ index, points }) =>
    index.page({ filter, order, points, first, ...(cursor && { after: cursor.place }) }),
  );
  const rows = page.rows.map(({ place, ...row }) => ({
    ...row,
    cursor: writePortfolioCursor(asked, { now, position, place }),
  }));
  return { ...page, rows, position };
};

/** The other agreements with one of these parties and a term of one of these kinds. @throws {QuestionError} */
export const impactOf = (
  sources: PortfolioSources,
  { at, moment }: { readonly at: Question; readonly moment: Moment },
  concerned: Omit<ImpactQuestion, 'points'>,
): Promise<readonly Impacted[]> =>
  lookUp(sources, { at, moment }, ({ index, points }) => index.impact({ ...concerned, points }));

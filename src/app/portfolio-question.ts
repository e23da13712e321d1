import { createHash } from 'node:crypto';
import { z } from 'zod';
import { portfolioFilter, portfolioOrder } from '#portfolio/filter.ts';
import type { Place } from '#portfolio/question.ts';
import { canonicalJson } from '#projections/canonical.ts';
import { QuestionError } from './errors.ts';
import { question } from './question.ts';

/** What is asked of all agreements at once. */
export const portfolioQuestion = z
  .strictObject({
    filter: portfolioFilter.exactOptional(),
    /** Default: by id. */
    order: portfolioOrder.exactOptional(),
    at: question.exactOptional(),
  })
  .refine(({ order, filter }) => order?.by !== 'FACT' || (filter?.term?.facts?.length ?? 0) > 0, {
    error: 'an order by FACT goes by the first fact of the filter; name one',
    path: ['order'],
  });
export type PortfolioQuestion = z.infer<typeof portfolioQuestion>;

/** Where a list goes on, and the moment and position at which it began. */
export type PortfolioCursor = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly position: number;
  readonly place: Place;
};

/** Of the question itself, so that a cursor can't be handed to another. */
const markOf = (asked: PortfolioQuestion): string =>
  createHash('sha256').update(canonicalJson(asked)).digest('base64url').slice(0, 12);

const form = z.tuple([
  z.string(),
  z.int().min(0),
  z.int().min(0),
  z.string(),
  z.union([z.string(), z.number(), z.null()]),
]);

/** Opaque text; what it holds may change. */
export const writePortfolioCursor = (
  asked: PortfolioQuestion,
  { now, position, place }: PortfolioCursor,
): string => {
  const parts = [markOf(asked), now, position, place.id, place.value];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** @throws {QuestionError} BAD_CURSOR, for that of another question as well */
export const readPortfolioCursor = (asked: PortfolioQuestion, text: string): PortfolioCursor => {
  const judged = form.safeParse(parsed(text));
  if (!judged.success || judged.data[0] !== markOf(asked)) {
    throw new QuestionError(
      'BAD_CURSOR',
      'The cursor is none that this list gave out to this very question; begin anew without one.',
    );
  }
  const [, now, position, id, value] = judged.data;
  return { now, position, place: { id, value } };
};

import { z } from 'zod';
import { day } from '#events/days.ts';
import { decimal, factName } from '#events/facts.ts';
import { FINDING_CODES } from '#events/record.ts';
import { grade, kind, line } from '#events/values.ts';

/** Both exclusive, compared as exact numbers. */
const amounts = { above: decimal.exactOptional(), below: decimal.exactOptional() };

/** Every day that a date may stand for lies behind `after` and before `before`. */
export const days = z.strictObject({ after: day.exactOptional(), before: day.exactOptional() });

const MEASURES = ['money', 'percent', 'quantity', 'date'] as const;

/** A fact of that name, or of any, that lies within bounds; without bounds, that is there. */
export const factFilter = z
  .strictObject({
    name: factName.exactOptional(),
    money: z
      .strictObject({
        currency: z.string().regex(/^[A-Z]{3}$/, { error: 'expected a currency, like USD' }),
        ...amounts,
      })
      .exactOptional(),
    percent: z.strictObject(amounts).exactOptional(),
    quantity: z.strictObject({ unit: line, ...amounts }).exactOptional(),
    date: days.exactOptional(),
  })
  .refine((fact) => MEASURES.filter((measure) => fact[measure] !== undefined).length === 1, {
    error: 'expected exactly one of money, percent, quantity and date',
  });
export type FactFilter = z.infer<typeof factFilter>;

/** What one and the same term fulfils, all of it. */
export const termFilter = z.strictObject({
  kind: kind.exactOptional(),
  /** Of a term that ended nothing else is known. */
  standing: z
    .enum(['IN_FORCE', 'REPLACED', 'REMOVED', 'EXPIRED', 'TERMINATED', 'VOIDED'])
    .exactOptional(),
  evidence: z
    .strictObject({ atLeast: grade.exactOptional(), atMost: grade.exactOptional() })
    .exactOptional(),
  finding: z.enum(FINDING_CODES).exactOptional(),
  facts: z.array(factFilter).max(10).exactOptional(),
});
export type TermFilter = z.infer<typeof termFilter>;

/** What an agreement fulfils, all of it. */
export const portfolioFilter = z.strictObject({
  /** An id that nobody has is no mistake: nothing is found. */
  party: z.string().exactOptional(),
  standing: z
    .enum(['SCHEDULED', 'PROSPECTIVE', 'IN_FORCE', 'EXPIRED', 'TERMINATED'])
    .exactOptional(),
  /** Of the agreement or of any of its terms. */
  finding: z.enum(FINDING_CODES).exactOptional(),
  endsOn: days.exactOptional(),
  term: termFilter.exactOptional(),
});
export type PortfolioFilter = z.infer<typeof portfolioFilter>;

/**
 * `FACT`: by the first fact of the filter; of several terms that fulfil it, the least counts, or the greatest where
 * the order descends. Dates count from their earliest day. What has no value comes last, equals come by id.
 */
export const portfolioOrder = z.strictObject({
  by: z.enum(['ID', 'TITLE', 'ENDS_ON', 'TERMS', 'FACT']),
  descending: z.boolean().exactOptional(),
});
export type PortfolioOrder = z.infer<typeof portfolioOrder>;

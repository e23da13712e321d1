import * as fc from 'fast-check';
import { type PortfolioQuestion, portfolioQuestion } from '#app/portfolio-question.ts';
import { FINDING_CODES } from '#events/record.ts';
import { GRADES } from '#events/values.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 3) =>
  fc.option(arbitrary, { nil: undefined, freq });
const LARGE = '123456789012345678901234567890';
const amount = maybe(
  fc.constantFrom('-3', '-2.5', '0', '1', '2', `${LARGE}.5`, `${LARGE}.50001`),
  2,
);
const amounts = { above: amount, below: amount };
const day = fc.constantFrom('2025-01-01', '2025-03-31', '2025-06-01', '2025-06-02', '2025-12-31');
const days = fc.record({ after: maybe(day), before: maybe(day) });

const fact = fc
  .tuple(
    maybe(fc.constantFrom('price', 'cap')),
    fc.oneof(
      fc.record({ percent: fc.record(amounts) }),
      fc.record({
        money: fc.record({ currency: fc.constantFrom('EUR', 'USD', 'CHF'), ...amounts }),
      }),
      fc.record({ date: days }),
    ),
  )
  .map(([name, measure]) => ({ name, ...measure }));

const term = fc.record({
  kind: maybe(fc.constantFrom('K', 'L', 'M'), 2),
  standing: maybe(fc.constantFrom('IN_FORCE', 'REMOVED', 'TERMINATED', 'REPLACED'), 1),
  evidence: maybe(
    fc.record({
      atLeast: maybe(fc.constantFrom(...GRADES)),
      atMost: maybe(fc.constantFrom(...GRADES)),
    }),
    1,
  ),
  finding: maybe(fc.constantFrom(...FINDING_CODES), 1),
  facts: maybe(fc.array(fact, { minLength: 1, maxLength: 2 })),
});

const filter = fc.record({
  party: maybe(fc.constantFrom('p1', 'p2', 'p3', 'nobody'), 1),
  standing: maybe(fc.constantFrom('IN_FORCE', 'SCHEDULED', 'TERMINATED', 'EXPIRED'), 1),
  finding: maybe(fc.constantFrom(...FINDING_CODES), 1),
  endsOn: maybe(days, 1),
  term: maybe(term, 4),
});

const order = fc.record({
  by: fc.constantFrom('ID', 'TITLE', 'ENDS_ON', 'TERMS', 'FACT'),
  descending: fc.boolean(),
});

const when = fc.integer({ min: 0, max: 400 });
const dayAt = (days: number): string =>
  new Date(Date.parse('2024-12-01') + days * 86_400_000).toISOString().slice(0, 10);

const at = fc
  .record({
    effectiveOn: maybe(when, 5),
    knownAt: maybe(fc.tuple(when, fc.boolean()), 2),
    position: maybe(fc.nat(60), 1),
    uncertain: maybe(fc.constantFrom('REPORT', 'EARLIEST'), 1),
  })
  .map(({ effectiveOn, knownAt, position, uncertain }) => ({
    effectiveOn: effectiveOn === undefined ? undefined : dayAt(effectiveOn),
    knownAt: knownAt && (knownAt[1] ? dayAt(knownAt[0]) : `${dayAt(knownAt[0])}T11:59:00Z`),
    position,
    uncertain,
  }));

const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Questions with every filter, order and point; positions up to 60. */
export const randomQuestion: fc.Arbitrary<PortfolioQuestion> = fc
  .record({ filter, order, at })
  .map(({ filter: asked, order: { by, descending }, at: point }) => {
    const hasFact = (asked.term?.facts?.length ?? 0) > 0;
    const sorted = { by: by === 'FACT' && !hasFact ? 'ID' : by, descending };
    return portfolioQuestion.parse(clean({ filter: asked, order: sorted, at: point }));
  });

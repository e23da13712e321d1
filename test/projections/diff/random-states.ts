import fc from 'fast-check';
import type { Day } from '#events/days.ts';
import type { Edtf } from '#events/edtf.ts';
import type { Fact } from '#events/facts.ts';
import type { AgreementState, EndedTerm, TermState } from '#projections/state.ts';
import { change, edge, inForce, revision, term, withTerms } from './states.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
const CHANGES = ['c1', 'c2', 'c3', 'c4'] as const;

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.nat(300).map((n) => ({ money: { amount: `${n}.50`, currency: n % 3 ? 'USD' : 'EUR' } })),
  fc
    .constantFrom('2025-01-21', '2025-03', '2025-33', 'unknown')
    .map((date) => ({ date: date as Edtf })),
  fc.constantFrom('P60D', 'P2M', 'P1Y', 'P12M', 'PT36H').map((duration) => ({ duration })),
  fc.constantFrom('yes', 'shall not').map((text) => ({ text })),
  fc.boolean().map((flag) => ({ flag })),
);

const LONG =
  'The supplier shall deliver the goods to the buyer at the place named in the order and bears the risk until they are taken over.';
const prose = fc.oneof(
  fc.constantFrom('', LONG, LONG.replace('risk', 'cost'), 'Rent is due on the first day.'),
  fc
    .array(fc.constantFrom('shall', 'not', 'pay', '$5', '60 days', 'Acme', '\n\n'), {
      maxLength: 8,
    })
    .map((w) => w.join(' ')),
);

const value = fc.record(
  {
    kind: fc.constantFrom('CLAUSE', 'PRICE'),
    heading: fc.constantFrom('Rent', 'Exclusive use'),
    number: fc.constantFrom('1', '2', '2.1'),
    prose,
    facts: fc.dictionary(fc.constantFrom('x', 'y'), fact, { maxKeys: 2 }),
  },
  { requiredKeys: ['kind', 'facts', 'prose'] },
);

const termState = (id: string): fc.Arbitrary<TermState> =>
  fc
    .record({
      value,
      applies: fc.boolean(),
      certain: fc.boolean(),
      causedBy: fc.subarray(CHANGES.map(change)),
      inForceSince: fc.constantFrom('2025-01-01', '2025-02-01').map((day) => day as Day),
    })
    .map(({ value: told, ...more }) => inForce(id, told, more));

const shuffled = fc.shuffledSubarray([...IDS]);
const ended = fc.shuffledSubarray([...IDS]).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        termId: fc.constant(term(id)),
        standing: fc.constantFrom<EndedTerm['standing']>(
          'REMOVED',
          'EXPIRED',
          'VOIDED',
          'REPLACED',
        ),
        causedBy: fc.constantFrom(...CHANGES).map(change),
        successors: fc.constant([]),
      }),
    ),
  ),
);

const edges = fc.array(
  fc
    .tuple(fc.constantFrom(...IDS), fc.constantFrom(...IDS), fc.constantFrom(...CHANGES))
    .map(([from, to, by]) => edge(from, to, by)),
  { maxLength: 3 },
);

/** Any state of a small agreement, possible or not: the laws of the diff do not depend on it. */
export const anyState: fc.Arbitrary<AgreementState> = shuffled
  .chain((ids) => fc.tuple(fc.tuple(...ids.map(termState)), ended, edges))
  .chain(([terms, gone, lineage]) =>
    fc
      .tuple(
        fc.subarray(CHANGES.map((id) => revision(id))),
        fc.constantFrom<NonNullable<AgreementState['standing']>>('IN_FORCE', 'EXPIRED'),
        fc.constantFrom('2030', '2031-01-01'),
      )
      .map(([revised, standing, endsOn]) =>
        withTerms(terms, {
          ended: gone.filter(({ termId }) => !terms.some((live) => live.termId === termId)),
          lineage,
          revised,
          standing,
          endsOn,
        }),
      ),
  );

/** Two states of which the second is the first with some terms taken from another one. */
export const twoStates: fc.Arbitrary<readonly [AgreementState, AgreementState]> = fc
  .tuple(anyState, anyState, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }))
  .map(([from, other, kept]) => {
    const old = new Map(from.terms.map((state) => [state.termId, state]));
    const terms = other.terms.map((state, at) => (kept[at] && old.get(state.termId)) || state);
    return [from, { ...other, terms }];
  });

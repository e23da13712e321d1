import * as fc from 'fast-check';
import type { EventType, Recorded } from '#events/event.ts';
import { FINDING_CODES } from '#events/record.ts';
import { type Coordinates, coordinates } from '#projections/coordinates.ts';
import { recordedAt } from '../projections/record.ts';
import { calmChange, randomChange, randomResolution, stillChange } from './random-changes.ts';
import { anyDate, anyMoment, Dice, given, gridDay } from './random-dates.ts';

const START = Date.parse('2025-01-01T12:00:00Z');
const DAY_MS = 86_400_000;

/** What a correction may say instead: other dates; of a correction, what that one should have said. */
const altered = (dice: Dice, data: object): Record<string, unknown> => {
  if ('data' in data) return { ...data, data: altered(dice, data.data as object) };
  if (!('instrumentId' in data) || 'claimId' in data) return { ...data };
  return {
    ...data,
    executedAt: anyDate(dice),
    ...(dice.rarely(2) && { effectiveFrom: gridDay(dice) }),
  };
};

/**
 * How calm a history is: in a calm one little happens but that terms come in once and are amended over and over;
 * in a still one nothing else does, but that amendments are retracted and corrected.
 */
type Calm = 'not' | 'calm' | 'still';

/** Builds a log of one agreement, a few events for each random move. */
class Log {
  readonly events: Recorded[] = [];
  readonly #changes: { changeId: string; type: string; terms: readonly string[] }[] = [];
  readonly #terms = new Set<string>();
  readonly #resolved = new Set<string>();
  readonly #calm: Calm;
  #now = START;

  constructor(calm: Calm) {
    this.#calm = calm;
    this.#append('AgreementRecorded', {
      agreementId: 'deal',
      title: 'Deal',
      timeZone: 'America/New_York',
      parties: [
        { partyId: 'p1', name: 'One', role: 'buyer' },
        { partyId: 'p2', name: 'Two' },
      ],
    });
  }

  move(numbers: readonly number[]): void {
    const dice = new Dice(numbers);
    this.#now += dice.roll(12) * DAY_MS;
    const kind = this.#isStirred(dice, 7) ? dice.roll(16) : 0;
    const operates = this.#calm !== 'not' && dice.rarely(5);
    if (kind < 10 && !operates) this.#paper(dice);
    else if (kind < 12) this.#recordOperation(dice);
    else if (kind < 14) this.#claim(dice);
    else this.#other(dice);
  }

  /** Whether anything may happen now. */
  #isStirred(dice: Dice, times: number): boolean {
    return this.#calm === 'not' || (this.#calm === 'calm' && dice.rarely(times));
  }

  #append(type: EventType, data: Record<string, unknown>): void {
    const position = this.events.length + 1;
    const place = { position, recordedAt: this.#now, commandId: `m${position}` };
    this.events.push(recordedAt(type, data, place));
  }

  #paper(dice: Dice): void {
    const instrumentId = `i${this.events.length}`;
    const grade = dice.pick(['PARTY_STATEMENT', 'ANONYMOUS_SOURCE', 'DOCUMENT_TEXT']);
    const published = dice.rarely(3) ? anyDate(dice) : undefined;
    this.#append('InstrumentRecorded', {
      instrumentId,
      kind: 'AMENDMENT',
      title: 'Paper',
      sources: dice.rarely(3) ? [] : [given({ title: 'Source', grade, published })],
      ...given({
        executedAt: dice.rarely(6)
          ? undefined
          : this.#calm === 'not'
            ? anyDate(dice)
            : gridDay(dice),
        announcedAt: dice.rarely(2) ? anyMoment(dice) : undefined,
        effectiveFrom: dice.rarely(3) ? anyDate(dice) : undefined,
        sourceOrder: dice.rarely(8) ? 1 + dice.roll(4) : undefined,
      }),
    });
    for (let n = 0; n <= dice.roll(3); n++) this.#change(dice, instrumentId, n);
  }

  #change(dice: Dice, instrumentId: string, n: number): void {
    const known = { changes: this.#changes, terms: [...this.#terms] };
    const calm = this.#calm === 'still' ? stillChange : calmChange;
    const made = (this.#isStirred(dice, 20) ? randomChange : calm)(dice, known);
    if (made === undefined) return;
    const changeId = `${instrumentId}/${n}`;
    this.#append(made.type as EventType, { ...made.data, changeId, instrumentId });
    this.#changes.push({ changeId, type: made.type, terms: made.terms });
    for (const termId of made.terms) this.#terms.add(termId);
  }

  #recordOperation(dice: Dice): void {
    const isStill = this.#calm === 'still';
    const target = dice.pick(
      this.events.filter(({ type }, n) => (isStill ? type === 'TermAmended' : n > 0)),
    );
    if (target === undefined) return;
    if (target.type === 'RecordRetracted' || dice.rarely(2)) {
      this.#append('RecordRetracted', { target: target.id, reason: 'wrong' });
      return;
    }
    const data = altered(dice, target.data);
    const announcedAt = !isStill && dice.rarely(3) ? anyMoment(dice) : undefined;
    this.#append('RecordCorrected', {
      target: target.id,
      data,
      reason: 'misread',
      ...given({ announcedAt }),
    });
  }

  #claim(dice: Dice): void {
    const claimId = `q${dice.roll(2)}`;
    const reported = this.events.some(
      (e) => e.type === 'ClaimReported' && e.data.claimId === claimId,
    );
    if (!reported || dice.rarely(3)) {
      const termId = `t${1 + dice.roll(4)}`;
      this.#append('ClaimReported', {
        claimId,
        stage: dice.pick(['RUMOURED', 'PROPOSED', 'AGREED_IN_PRINCIPLE']),
        statement: 'It is said',
        by: 'Press',
        reportedAt: anyMoment(dice),
        sources: dice.rarely(2) ? [{ title: 'Paper', grade: 'NAMED_SOURCE' }] : [],
        about: [termId],
        ...(dice.rarely(2) && { proposedChanges: proposals(dice, termId) }),
      });
    } else if (dice.rarely(2)) {
      const stance = dice.pick(['CORROBORATED', 'DENIED', 'WITHDRAWN']);
      this.#append('ClaimAssessed', { claimId, stance, by: 'Party', on: anyMoment(dice) });
    } else {
      const outcome = dice.pick(['CONFIRMED', 'PARTLY', 'REFUTED', 'LAPSED']);
      this.#append('ClaimResolved', { claimId, outcome, on: anyMoment(dice) });
    }
  }

  #other(dice: Dice): void {
    const kind = dice.roll(6);
    if (kind < 2) return this.#resolve(dice);
    if (kind < 4) return this.#settle(dice);
    if (kind === 4 && dice.rarely(3)) {
      this.#append('CoverageStated', {
        from: '2025-02-01',
        observedThrough: gridDay(dice) < '2025-02-01' ? '2025-06-01' : '2025-10-01',
        gaps: [{ from: '2025-04-01', until: '2025-05-01', reason: 'not looked at' }],
      });
    }
  }

  #resolve(dice: Dice): void {
    const conditionId = dice.pick(['k1', 'k2'].filter((id) => !this.#resolved.has(id)));
    if (conditionId === undefined) return;
    this.#resolved.add(conditionId);
    const instrumentId = `i${this.events.length}`;
    this.#append('InstrumentRecorded', {
      instrumentId,
      kind: 'NOTICE',
      title: 'Notice',
      sources: [],
    });
    const changeId = `${instrumentId}/condition`;
    const data = { ...randomResolution(dice, conditionId), changeId, instrumentId };
    this.#append('ConditionResolved', data);
  }

  #settle(dice: Dice): void {
    const changes = [...new Set([...dice.some(this.#changes), ...dice.some(this.#changes)])];
    const ids = changes.map(({ changeId }) => changeId);
    if (ids.length < 2) return;
    const winner = dice.rarely(3) ? undefined : dice.pick(ids);
    const code = dice.rarely(3) ? dice.pick(FINDING_CODES) : 'SOURCE_CONTRADICTION';
    this.#append('ConflictResolved', given({ code, changes: ids, winner, rationale: 'weighed' }));
  }
}

const proposals = (dice: Dice, termId: string) =>
  dice.some([
    { removeTerm: { termId } },
    { addTerm: { termId, kind: 'K', facts: { price: { percent: '9' } } } },
    { amendTerm: { termId, values: { prose: 'Said' }, effectiveFrom: gridDay(dice) } },
    { rectifyTerm: { termId, values: { heading: 'Said' } } },
    { terminateAgreement: { survives: [termId] } },
  ]);

const assumptions = (dice: Dice) =>
  given({
    scheduled: dice.rarely(2) ? true : undefined,
    prospective: dice.rarely(2) ? true : undefined,
    claims: dice.rarely(2) ? ['q0', 'q1'] : undefined,
  });

/** Now and then a value, else nothing. */
const maybe = <T>(dice: Dice, times: number, make: () => T): T | undefined =>
  dice.rarely(times) ? make() : undefined;

const randomCoordinates = (numbers: readonly number[], size: number): Coordinates => {
  const dice = new Dice(numbers);
  const day = gridDay(dice);
  return coordinates.parse(
    given({
      effectiveOn: maybe(dice, 3, () => day.replace(/\d\d$/, '17')) ?? day,
      position: maybe(dice, 4, () => dice.roll(size + 1)),
      knownAt: maybe(dice, 3, () => gridDay(dice)),
      knowledge: maybe(dice, 4, () => 'PUBLIC'),
      executedBy: maybe(dice, 5, () => gridDay(dice)),
      uncertain: maybe(dice, 4, () => dice.pick(['EARLIEST', 'LATEST', 'REPORT'])),
      assume: maybe(dice, 6, () => assumptions(dice)),
    }),
  );
};

const move = fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 });

/** Events of one agreement, and points to ask for. */
export type RandomHistory = {
  readonly events: readonly Recorded[];
  readonly questions: readonly Coordinates[];
};

const histories = (
  calm: readonly Calm[],
  many: { readonly minLength: number; readonly maxLength: number },
): fc.Arbitrary<RandomHistory> =>
  fc
    .record({
      calm: fc.constantFrom(...calm),
      moves: fc.array(move, many),
      questions: fc.array(move, { minLength: 1, maxLength: 8 }),
    })
    .map(({ calm, moves, questions }) => {
      const log = new Log(calm);
      for (const numbers of moves) log.move(numbers);
      const { events } = log;
      return { events, questions: questions.map((q) => randomCoordinates(q, events.length)) };
    });

/** A log of one agreement with all that the rules let through, and points to ask for. */
export const randomHistory = histories(['not', 'calm', 'still'], { minLength: 1, maxLength: 14 });

/** A long log in which terms are amended some hundred times. */
export const longHistory = histories(['still'], { minLength: 400, maxLength: 400 });

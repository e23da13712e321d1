import { setTimeout as sleep } from 'node:timers/promises';
import { decode } from '#events/codec.ts';
import { isoInstant } from '#events/instants.ts';
import { type ClaimRecord, claimRecordsAt } from '#projections/claim-records.ts';
import { toldApart } from '#projections/diff/axes.ts';
import { diffStates, type StateDiff } from '#projections/diff/terms.ts';
import { type History, stateAt } from '#projections/history.ts';
import { kindsTouched } from '#projections/portfolio/kinds-touched.ts';
import type { AgreementState } from '#projections/state.ts';
import { termHistoryAt } from '#projections/term-history.ts';
import { changesAt, timelineAt } from '#projections/timeline.ts';
import { trackRecordsOf } from '#projections/track-record.ts';
import { versionsOf } from '#projections/versions.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';
import { answerAt } from './answer.ts';
import type { Views } from './app.ts';
import { copyAt } from './copy-answer.ts';
import type { Histories } from './histories.ts';
import { InTurns } from './in-turns.ts';
import { impactOf, type PortfolioSources, portfolioPage } from './portfolio.ts';
import type { PortfolioFollower } from './portfolio-follower.ts';
import type { Question } from './question.ts';
import { type Present, positionAsked, type Resolved, resolveQuestion } from './resolve-question.ts';
import { agreementOf, streamOf } from './stream-name.ts';
import { bisected, explained, traced } from './term-questions.ts';

type Sources = {
  readonly store: EventStore;
  readonly histories: Histories;
  readonly follower: PortfolioFollower;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** How long a question for a position that is not there yet waits for it. */
const PATIENCE_MS = 2_000;
const POLL_MS = 20;

type Asked = { readonly history: History; readonly at: Resolved };

const headFor = async ({ store, now }: Sources, position = 0): Promise<Present> => {
  const giveUp = performance.now() + PATIENCE_MS;
  for (;;) {
    const head = await store.head();
    if (head.position >= position || performance.now() > giveUp) {
      const since = store.behind()?.since;
      const behind = since === undefined ? {} : { behindSince: since };
      return { now: now(), position: head.position, ...behind };
    }
    await sleep(POLL_MS);
  }
};

const asked = async (
  sources: Sources,
  agreementId: string,
  question: Question,
): Promise<Asked | undefined> => {
  // The head first: the history then holds at least what the position names.
  const present = await headFor(sources, positionAsked(question));
  const history = await sources.histories.current(agreementId, present.position);
  if (history === undefined) return undefined;
  return { history, at: resolveQuestion(history, question, present) };
};

/** Asks one agreement one thing; undefined for an agreement that is not there. */
const asking =
  <A extends readonly unknown[], T>(
    sources: Sources,
    ask: (asked: Asked, ...more: A) => T | Promise<T>,
  ) =>
  async (agreementId: string, question: Question, ...more: A): Promise<T | undefined> => {
    const found = await asked(sources, agreementId, question);
    return found === undefined ? undefined : ask(found, ...more);
  };

const agreements =
  ({ store }: Sources): Views['agreements'] =>
  async () => {
    const ids: string[] = [];
    for await (const stream of store.streams()) {
      const id = agreementOf(stream);
      if (id !== undefined) ids.push(id);
    }
    return ids.toSorted();
  };

const portfolioOf = (sources: Sources): PortfolioSources => ({
  store: sources.store,
  follower: sources.follower,
  agreements: agreements(sources),
  moment: (at) => headFor(sources, positionAsked(at)),
  stateAt: async (agreementId, at, moment) => {
    const history = await sources.histories.current(agreementId, moment.position);
    return history && stateAt(history, resolveQuestion(history, at, moment));
  },
});

const impact =
  (sources: Sources): Views['impact'] =>
  async (agreementId, id, question) => {
    const found = await asked(sources, agreementId, question);
    const kinds = found && kindsTouched(found.history, id, found.at);
    if (found === undefined || kinds === undefined) return undefined;
    const { history, at } = found;
    const parties = stateAt(history, at).parties.map(({ partyId }) => partyId);
    // The others are asked on the same day at the same knowledge.
    const { version: _, tag: __, cursor: ___, asOf: ____, ...rest } = question;
    const { effectiveOn, knownAt, position, knowledge } = at;
    const same = { ...rest, effectiveOn, knownAt, position, knowledge };
    const moment = await headFor(sources, position);
    const concerned = { agreementId, parties, kinds };
    const others = await impactOf(portfolioOf(sources), { at: same, moment }, concerned);
    return { kinds, parties: parties.toSorted(), agreements: others };
  };

const trackRecords =
  (sources: Sources): Views['trackRecords'] =>
  async (tracked, { assume: _, ...question }) => {
    const present = await headFor(sources, question.position);
    const at: Question = { position: present.position, ...question };
    const records: ClaimRecord[] = [];
    for await (const stream of sources.store.streams()) {
      const found = await asked(sources, agreementOf(stream) ?? '', at);
      if (found !== undefined) records.push(...claimRecordsAt(found.history, found.at));
    }
    const { knownAt = isoInstant(present.now), position = present.position } = at;
    return { sources: trackRecordsOf(records, tracked), knownAt, position };
  };

const firstOf = async (pages: AsyncIterable<readonly StoredEvent[]>, count: number) => {
  const events: StoredEvent[] = [];
  for await (const page of pages) {
    events.push(...page);
    if (events.length > count) break;
  }
  return events.slice(0, count + 1);
};

const eventsPage =
  ({ store }: Sources): Views['events'] =>
  async ({ agreementId, after, first }) => {
    const pages =
      agreementId === undefined
        ? store.readAll({ after })
        : store.readStream(streamOf(agreementId), { after });
    const found = await firstOf(pages, first);
    const events = found.slice(0, first).map(decode);
    const last = events.at(-1);
    if (found.length <= first || last === undefined) return { events };
    return { events, next: agreementId === undefined ? last.position : last.revision };
  };

/** The older day as the newer knowledge sees it stands between the two, and tells their axes apart. */
const diffOf = (
  { history, at }: Asked,
  { effectiveOn }: Resolved,
  [from, to]: readonly [AgreementState, AgreementState],
): StateDiff => {
  const diff = diffStates(from, to);
  if (at.effectiveOn === effectiveOn) return toldApart(diff, diff, { ...diff, entries: [] });
  const between = answerAt(history, { ...at, effectiveOn }).state;
  const restated = diffStates(from, between);
  // Where nothing was restated all of it changed: compared again it would be the same.
  const changed = restated.entries.length === 0 ? diff : diffStates(between, to);
  return toldApart(diff, restated, changed);
};

/** The questions, answered from the log as it is when they are asked. */
export const openViews = (sources: Sources, inTurns = new InTurns()): Views => ({
  agreements: agreements(sources),
  portfolio: (asked, page) => portfolioPage(portfolioOf(sources), asked, page),
  impact: impact(sources),
  has: (agreementId) => sources.histories.has(agreementId),
  stateAt: asking(sources, ({ history, at }) => answerAt(history, at)),
  copy: asking(sources, ({ history, at }) => copyAt(history, at)),
  diff: async (agreementId, older, newer) => {
    const a = await asked(sources, agreementId, older);
    const b = await asked(sources, agreementId, newer);
    if (a === undefined || b === undefined) return undefined;
    const [from, to] = [answerAt(a.history, a.at), answerAt(b.history, b.at)];
    return { diff: diffOf(b, a.at, [from.state, to.state]), from, to };
  },
  versions: asking(sources, ({ history, at }) => ({
    versions: versionsOf(history, at),
    basis: answerAt(history, at).basis,
  })),
  timeline: asking(sources, ({ history, at }) => ({
    entries: timelineAt(history, at),
    basis: answerAt(history, at).basis,
  })),
  claims: asking(sources, ({ history, at }) => ({
    claims: claimRecordsAt(history, at),
    basis: answerAt(history, at).basis,
  })),
  term: async (agreementId, termId, question) => {
    const found = await asked(sources, agreementId, question);
    if (found === undefined) return undefined;
    const { history, at } = found;
    const term = termHistoryAt(history, termId as Parameters<typeof termHistoryAt>[1], at);
    return term && { ...term, basis: answerAt(history, at).basis };
  },
  explain: asking(sources, explained),
  bisect: asking(sources, (asked, condition) => inTurns.answer(bisected(asked, condition))),
  lineage: asking(sources, (asked, termId) => inTurns.answer(traced(asked, termId))),
  changes: async (agreementId, ids, at) => {
    const found = await asked(sources, agreementId, at);
    return found === undefined ? [] : changesAt(found.history, ids, found.at);
  },
  trackRecords: trackRecords(sources),
  events: eventsPage(sources),
  event: async (eventId) => {
    const stored = await sources.store.find(eventId);
    return stored && decode(stored);
  },
});

import { createApp } from '#app/create-app.ts';
import { openExecutor } from '#app/execute.ts';
import { question } from '#app/question.ts';
import { canonicalJson } from '#projections/canonical.ts';
import type { AgreementState } from '#projections/state.ts';
import type { EventStore } from '#store/store.ts';

/** The clock of every question here. */
const NOW = Date.parse('2026-11-02T12:00:00Z');

/** Some days of a stretch, from first to last. */
export const daysOf = (first: string, last: string, step: number): readonly string[] => {
  const [from, until] = [Date.parse(first), Date.parse(last)];
  const days: string[] = [];
  for (let at = from; at <= until; at += step * 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
};

type Asked = { readonly [coordinate: string]: unknown };

/** What a log answers to some questions: of each answer its digest and its state. */
export const answers = async (log: EventStore, agreement: string, asked: readonly Asked[]) => {
  await using app = await createApp({ store: log, now: () => NOW });
  const all: { readonly digest: string; readonly state: AgreementState }[] = [];
  for (const one of asked) {
    const answer = await app.views.stateAt(agreement, question.parse(one));
    if (answer === undefined) throw new Error(`there is no ${agreement}`);
    all.push({ digest: answer.basis.digest, state: answer.state });
  }
  return all;
};

export const digests = async (log: EventStore, agreement: string, asked: readonly Asked[]) =>
  (await answers(log, agreement, asked)).map(({ digest }) => digest);

/** A state but for the ids of record operations, as text. */
export const butForIds = ({ revised, ...state }: AgreementState): string =>
  canonicalJson({ ...state, revised: revised.map(({ by: _, ...rest }) => rest) });

export const historyIn = (log: EventStore, agreement: string) =>
  openExecutor(log).history(agreement);

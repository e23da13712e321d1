import { content, type RuleState } from '#agreement/rule-state.ts';
import { isoDay, parseDay } from '#events/days.ts';
import { startOfDay } from '#events/instants.ts';
import { type History, stateAt } from '#projections/history.ts';
import { textOf } from '#projections/text.ts';
import { type Version, versionsOf } from '#projections/versions.ts';
import { type Commit, dated } from './commit.ts';

type Paper = { readonly id: string; readonly title: string };

/** The instruments of the changes that began a version, each once. */
const papersOf = ({ changes }: Version, state: RuleState): readonly Paper[] => {
  const ids = changes.flatMap((id) => {
    const data = state.byKey.get(`change:${id}`)?.event.data;
    return data !== undefined && 'instrumentId' in data ? (data.instrumentId ?? []) : [];
  });
  return [...new Set(ids)].flatMap((id) => {
    const entry = state.byKey.get(`instrument:${id}`);
    const says = entry && content(entry);
    return says?.type === 'InstrumentRecorded' ? { id, title: says.data.title } : [];
  });
};

const trailersOf = (
  { number, from }: Version,
  papers: readonly Paper[],
  agreement: string,
): Commit['trailers'] => [
  ['Agreement', agreement],
  ['Version', String(number)],
  ...papers.map(({ id }) => ['Instrument-Id', id] as const),
  ['In-Force-From', from],
];

/** A commit for each version of an agreement, at the start of its first day, with the text of that day. */
export function* versionCommits(
  state: RuleState,
  history: History,
  zone: string,
): Generator<Commit> {
  const agreement = history.agreementId;
  for (const version of versionsOf(history, { effectiveOn: isoDay(0) })) {
    const { from, number } = version;
    const papers = papersOf(version, state);
    const text = textOf(stateAt(history, { effectiveOn: from }));
    yield {
      ...dated(startOfDay(parseDay(from), zone), zone),
      titles: papers.length > 0 ? papers.map(({ title }) => title) : [`Version ${number}`],
      trailers: trailersOf(version, papers, agreement),
      ...(text !== undefined && { file: { path: `${agreement}.md`, text } }),
    };
  }
}

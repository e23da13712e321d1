import { fold } from '#agreement/rule-state.ts';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import { historyOf } from '#projections/history.ts';
import type { Commit } from './commit.ts';
import { documentCommits } from './document-commits.ts';
import { type DocumentVersion, documentVersions } from './document-version.ts';
import { versionCommits } from './version-commits.ts';

/** An agreement as commits, the first first. */
export type Commits = {
  readonly commits: Iterable<Commit>;
  /** Instruments that have no commit, because nobody knows when they were announced. */
  readonly undated: readonly string[];
};

/**
 * The commits that tell an agreement's history: of an imported document one for each of its versions, of another
 * agreement one for each version that its terms had, as it is known now.
 * @param events all of the agreement, in the order of the log
 */
export const agreementCommits = (agreement: string, events: readonly Recorded[]): Commits => {
  const state = fold(agreement, events);
  const history = historyOf(agreementId.parse(agreement), events);
  const { zone } = history;
  const versions = documentVersions(state, zone);
  if (versions.length === 0) {
    return { commits: versionCommits(state, history, zone), undated: [] };
  }
  const isDated = ({ at }: DocumentVersion) => Number.isFinite(at);
  const undated = versions.filter((version) => !isDated(version));
  return {
    commits: documentCommits({ state, history, zone }, versions.filter(isDated)),
    undated: undated.map(({ instrument }) => instrument.instrumentId),
  };
};

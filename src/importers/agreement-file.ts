import { inWords } from '#agreement/differences.ts';
import type { Path, Rejection } from '#agreement/rejections.ts';
import type { CommandContext, Executor, Outcome } from '#app/execute.ts';
import { fileItems, inFile } from './file-items.ts';
import { type Plan, type Planned, planFile } from './file-plan.ts';
import { byPlace, type Place, type Problem } from './problems.ts';
import { readAgreementFile } from './read-agreement-file.ts';
import type { WellFormedPart } from './well-formed-part.ts';
import type { YamlSource } from './yaml-source.ts';

export type RecordFileOptions = {
  /** The name noted on every event as where it was imported from; without folders. */
  readonly fileName: string;
  /** Who records. */
  readonly by: string;
  /** Why the record was wrong: differences become corrections. Absent: they are shown and nothing is recorded. */
  readonly correct?: string;
};

/** A field in which a file differs from what was recorded of it. */
export type FileDifference = Place & {
  /** The entry of the file: `instrument first-amendment`. */
  readonly what: string;
  /** Whose field, as a natural key. */
  readonly of: string;
  /** The field inside its payload; empty: the whole. */
  readonly field: string;
  readonly recorded?: unknown;
  readonly given?: unknown;
  readonly message: string;
};

/** What became of a file. With problems or differences nothing of it was recorded. */
export type FileReport = {
  /** Absent when the file could not be read that far. */
  readonly agreement?: string;
  readonly recorded: readonly { readonly what: string; readonly events: number }[];
  /** Entries that the record has already. */
  readonly unchanged: number;
  /** In the order of the file, as the problems are. */
  readonly differences: readonly FileDifference[];
  readonly problems: readonly Problem[];
  /** Position of the last event recorded; 0 when there is none. */
  readonly position: number;
};

type Refused = Plan['refused'][number];

/** A path in an entry of a file as a path in the whole file. */
type InWhole = (path: Path) => Path;

const asProblem =
  (source: YamlSource, inWhole: InWhole) =>
  ({ item, rejection }: Refused): Problem => ({
    ...source.placeOf(inWhole(inFile(item, rejection.path))),
    message: `${item.what}: ${rejection.message}`,
  });

const found = (source: YamlSource, plan: Plan): Pick<FileReport, 'differences' | 'problems'> => ({
  differences: plan.differs
    .map(({ item, difference }) => {
      const { path, ...rest } = difference;
      const message = inWords(difference);
      return { ...source.placeOf(inFile(item, path)), what: item.what, ...rest, message };
    })
    .sort(byPlace),
  problems: plan.refused.map(asProblem(source, (path) => path)).sort(byPlace),
});

const namesOneOf = (lost: ReadonlySet<string>, details: Rejection['details']): boolean =>
  Object.values(details).some((detail) => typeof detail === 'string' && lost.has(detail));

/**
 * Mistakes against the rules in a file that has mistakes of form besides. What may only follow from the
 * entries left out is not told: it names something of theirs.
 */
const besides = async (
  source: YamlSource,
  { file, inWhole, lost }: WellFormedPart,
  hands: Executor,
): Promise<readonly Problem[]> => {
  const plan = planFile(fileItems(file), await hands.history(file.agreement), undefined);
  return plan.refused
    .filter(({ rejection }) => !namesOneOf(lost, rejection.details))
    .map(asProblem(source, inWhole));
};

/** Why a command that passed the dry run did not pass: somebody else recorded something in between. */
const overtaken = (outcome: Exclude<Outcome, { kind: 'accepted' }>): string => {
  const why =
    outcome.kind === 'rejected' ? outcome.rejections.map(({ message }) => message) : ['conflict'];
  return `the record changed while the file was recorded (${why.join(' ')}); record it again`;
};

type Progress = Pick<FileReport, 'recorded' | 'problems' | 'position'> & {
  readonly echoes: number;
};

const carriedOut = async (
  planned: readonly Planned[],
  hands: Pick<Executor, 'execute'>,
  context: Omit<CommandContext, 'commandId'>,
  source: YamlSource,
): Promise<Progress> => {
  const recorded: FileReport['recorded'][number][] = [];
  let position = 0;
  let echoes = 0;
  for (const { item, command, commandId } of planned) {
    const outcome = await hands.execute(command, { ...context, commandId });
    if (outcome.kind !== 'accepted') {
      const problem = {
        ...source.placeOf(item.at),
        message: `${item.what}: ${overtaken(outcome)}`,
      };
      return { recorded, problems: [problem], position, echoes };
    }
    position = Math.max(position, outcome.position);
    // Somebody recorded the same in between.
    if (outcome.duplicate || outcome.events.length === 0) echoes += 1;
    else recorded.push({ what: item.what, events: outcome.events.length });
  }
  return { recorded, problems: [], position, echoes };
};

const NOTHING = { recorded: [], unchanged: 0, differences: [], position: 0 } as const;

/**
 * Records an agreement file: what is new is appended, one command per entry; what is recorded already costs
 * nothing. All mistakes, of form and against the rules, are found before anything is recorded, and reported
 * together with their places. Recording the same file again appends nothing.
 */
export const recordFile = async (
  hands: Executor,
  text: string,
  { fileName, by, correct }: RecordFileOptions,
): Promise<FileReport> => {
  const { source, file, problems, part } = readAgreementFile(text);
  if (file === undefined) {
    const more = part === undefined ? [] : await besides(source, part, hands);
    return { ...NOTHING, problems: [...problems, ...more].sort(byPlace) };
  }
  const { agreement } = file;
  const plan = planFile(fileItems(file), await hands.history(agreement), correct);
  const trouble = found(source, plan);
  const unchanged = plan.unchanged.length;
  if (trouble.problems.length > 0 || trouble.differences.length > 0) {
    return { ...NOTHING, ...trouble, agreement, unchanged };
  }
  const context = { by, importedFrom: fileName };
  const done = await carriedOut(plan.planned, hands, context, source);
  return {
    agreement,
    recorded: done.recorded,
    unchanged: unchanged + done.echoes,
    differences: [],
    problems: done.problems,
    position: done.position,
  };
};

import type { AgreementFile } from '#agreement/agreement-file.ts';
import type { Command, CommandOf } from '#agreement/commands.ts';
import type { Path } from '#agreement/rejections.ts';

/** One entry of an agreement file as the command it stands for. */
export type FileItem<C extends Command = Command> = {
  readonly command: C;
  /** Where the entry stands in the file. */
  readonly at: Path;
  /** What it is, in words. */
  readonly what: string;
};

const instruments = (file: AgreementFile): readonly FileItem[] =>
  file.instruments.map(({ changes, ...instrument }, index) => ({
    command: { type: 'RecordInstrument', agreement: file.agreement, instrument, changes },
    at: ['instruments', index],
    what: `instrument ${instrument.id}`,
  }));

const claims = (file: AgreementFile): readonly FileItem[] => {
  const { agreement } = file;
  return [
    ...file.claims.map(
      (entry, index): FileItem => ({
        command: { type: 'ReportClaim', agreement, ...entry },
        at: ['claims', index],
        what: `claim ${entry.claimId} (${entry.stage})`,
      }),
    ),
    ...file.assessments.map(
      (entry, index): FileItem => ({
        command: { type: 'AssessClaim', agreement, ...entry },
        at: ['assessments', index],
        what: `assessment of ${entry.claimId}`,
      }),
    ),
    ...file.resolutions.map(
      (entry, index): FileItem => ({
        command: { type: 'ResolveClaim', agreement, ...entry },
        at: ['resolutions', index],
        what: `resolution of ${entry.claimId}`,
      }),
    ),
  ];
};

const record = (file: AgreementFile): readonly FileItem[] => {
  const { agreement } = file;
  return [
    ...file.corrections.map(
      (entry, index): FileItem => ({
        command: { type: 'CorrectRecord', agreement, ...entry },
        at: ['corrections', index],
        what: `correction of ${entry.target}`,
      }),
    ),
    ...file.retractions.map(
      (entry, index): FileItem => ({
        command: { type: 'RetractRecord', agreement, ...entry },
        at: ['retractions', index],
        what: `retraction of ${entry.target}`,
      }),
    ),
    ...file.conflicts.map(
      (entry, index): FileItem => ({
        command: { type: 'ResolveConflict', agreement, ...entry },
        at: ['conflicts', index],
        what: `resolution of ${entry.code}`,
      }),
    ),
  ];
};

const points = (file: AgreementFile): readonly FileItem[] => {
  const { agreement, coverage, tags } = file;
  const stated: readonly FileItem[] =
    coverage === undefined
      ? []
      : [
          {
            command: { type: 'StateCoverage', agreement, ...coverage },
            at: ['coverage'],
            what: 'coverage',
          },
        ];
  return [
    ...stated,
    ...tags.map(
      (entry, index): FileItem => ({
        command: { type: 'TagPoint', agreement, ...entry },
        at: ['tags', index],
        what: `tag ${entry.tag}`,
      }),
    ),
  ];
};

const head = ({ agreement, title, timeZone, parties, description }: AgreementFile): FileItem => {
  const command: CommandOf<'RecordAgreement'> = {
    type: 'RecordAgreement',
    agreement,
    title,
    timeZone,
    parties,
    ...(description === undefined ? {} : { description }),
  };
  return { command, at: [], what: `agreement ${agreement}` };
};

/** The commands that a file stands for, in the order in which they are given. */
export const fileItems = (file: AgreementFile): readonly FileItem[] => [
  head(file),
  ...instruments(file),
  ...claims(file),
  ...record(file),
  ...points(file),
];

/** Where in the file an input of the item's command stands. */
export const inFile = ({ command, at }: FileItem, path: Path): Path => {
  const [first, ...rest] = path;
  if (first === undefined || first === 'agreement') return at;
  if (command.type === 'RecordInstrument' && first === 'instrument') return [...at, ...rest];
  return [...at, ...path];
};

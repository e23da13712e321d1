import { z } from 'zod';
import { agreementRecorded, coverageStated, pointTagged } from '#events/agreement.ts';
import { claimAssessed, claimReported, claimResolved } from '#events/claims.ts';
import { conflictResolved, recordCorrected, recordRetracted } from '#events/record.ts';
import { agreementId, prose } from '#events/values.ts';
import { changeInputs, instrumentInput } from './instrument-input.ts';
import { passOverAbsent } from './pass-over-absent.ts';

const reason = prose.min(1, { error: 'say why' });
/** Why what was recorded before was wrong; absent: what differs from the record is refused. */
const correct = reason.exactOptional();
const to = { agreement: agreementId };

const { agreementId: _, ...agreementHead } = agreementRecorded.shape;
const { target: _corrected, ...correction } = recordCorrected.shape;
const { target: _retracted, ...retraction } = recordRetracted.shape;

/**
 * The event that a record operation speaks of: its id, or its natural key `agreement`, `instrument:<id>`,
 * `change:<changeId>`, `claim:<claimId>/<stage>`, `tag:<tag>`, `coverage` (the last stated).
 */
export const target = z
  .string()
  .min(1, { error: 'name an event by its id or its key, like change:<changeId>' })
  .max(1_200);

/** Every wish that the rules can judge, with the shape of its input. */
export const commandSchemas = {
  RecordAgreement: z.strictObject({ ...to, ...agreementHead, correct }),
  RecordInstrument: z.strictObject({
    ...to,
    instrument: instrumentInput,
    changes: changeInputs,
    correct,
  }),
  ReportClaim: z.strictObject({ ...to, ...claimReported.shape, correct }),
  AssessClaim: z.strictObject({ ...to, ...claimAssessed.shape }),
  ResolveClaim: z.strictObject({ ...to, ...claimResolved.shape }),
  CorrectRecord: z.strictObject({ ...to, target, ...correction }),
  RetractRecord: z.strictObject({ ...to, target, ...retraction }),
  ResolveConflict: z.strictObject({ ...to, ...conflictResolved.shape }),
  StateCoverage: z.strictObject({ ...to, ...coverageStated.shape }),
  TagPoint: z.strictObject({ ...to, ...pointTagged.shape, correct }),
} as const;

for (const schema of Object.values(commandSchemas)) passOverAbsent(schema);

export type CommandType = keyof typeof commandSchemas;
export const COMMAND_TYPES = Object.keys(commandSchemas) as readonly CommandType[];

/** The input of a command as people write it, before defaults and transformations. */
export type InputOf<T extends CommandType> = z.input<(typeof commandSchemas)[T]>;

/** A command of one type, parsed. */
export type CommandOf<T extends CommandType> = {
  readonly [K in T]: { readonly type: K } & Readonly<z.output<(typeof commandSchemas)[K]>>;
}[T];
export type Command = CommandOf<CommandType>;

/** Reads the input of a command. @throws {z.ZodError} naming every mistake and its path. */
export const parseCommand = <T extends CommandType>(type: T, input: unknown): CommandOf<T> =>
  // The schema is chosen by the type; the compiler can not follow that through a union.
  ({ type, ...commandSchemas[type].parse(input) }) as unknown as CommandOf<T>;

import { z } from 'zod';
import { commandSchemas } from './commands.ts';
import { changeInputs, instrumentInput } from './instrument-input.ts';

/** The same shape without what the file says once: the agreement, and the reason given at recording. */
const section = <S extends z.ZodRawShape>(schema: z.ZodObject<S, z.core.$strict>) => {
  const {
    agreement: _,
    correct: _reason,
    ...shape
  } = schema.shape as S & {
    agreement: unknown;
    correct: unknown;
  };
  return z.strictObject(shape as Omit<S, 'agreement' | 'correct'>);
};

const list = <S extends z.ZodType>(schema: S) => z.array(schema).max(100_000).default([]);

const { agreement, title, timeZone, parties, description } = commandSchemas.RecordAgreement.shape;

/** One paper with what it does. */
export const instrumentSection = z.strictObject({
  ...instrumentInput.shape,
  changes: changeInputs,
});

/**
 * One agreement as people author it. Each entry is a command of the same shape; they are given in the order of
 * the sections below, and inside a section in the order of the file.
 */
export const agreementFile = z.strictObject({
  agreement,
  title,
  timeZone,
  description,
  parties,
  instruments: list(instrumentSection),
  claims: list(section(commandSchemas.ReportClaim)),
  assessments: list(section(commandSchemas.AssessClaim)),
  resolutions: list(section(commandSchemas.ResolveClaim)),
  corrections: list(section(commandSchemas.CorrectRecord)),
  retractions: list(section(commandSchemas.RetractRecord)),
  conflicts: list(section(commandSchemas.ResolveConflict)),
  coverage: section(commandSchemas.StateCoverage).exactOptional(),
  tags: list(section(commandSchemas.TagPoint)),
});
export type AgreementFile = z.output<typeof agreementFile>;

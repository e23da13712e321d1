import { type AgreementFile, agreementFile } from '#agreement/agreement-file.ts';
import type { Problem } from './problems.ts';
import { shapeProblems } from './shape-problems.ts';
import { type WellFormedPart, wellFormedPart } from './well-formed-part.ts';
import { type YamlSource, yamlSource } from './yaml-source.ts';

/** An agreement file as it was read: its content, or everything that is wrong with its shape. */
export type ReadFile = {
  readonly source: YamlSource;
  readonly file?: AgreementFile;
  readonly problems: readonly Problem[];
  /** When its shape is wrong somewhere: the rest of it. */
  readonly part?: WellFormedPart;
};

/** Reads an agreement file; every mistake of form is reported at once. */
export const readAgreementFile = (text: string): ReadFile => {
  const source = yamlSource(text);
  if (source.problems.length > 0) return { source, problems: source.problems };
  const parsed = agreementFile.safeParse(source.data);
  if (parsed.success) return { source, file: parsed.data, problems: [] };
  const { issues } = parsed.error;
  const part = wellFormedPart(source.data, issues);
  return {
    source,
    problems: shapeProblems(issues, { source, schema: agreementFile }),
    ...(part && { part }),
  };
};

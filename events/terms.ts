import { z } from 'zod';
import { changeHead } from './change.ts';
import { fact, factName } from './facts.ts';
import { changeId, kind, line, prose, termId } from './values.ts';

/** The fields that state a term, in one order everywhere. */
const termFields = {
  termId,
  kind,
  heading: line.exactOptional(),
  number: line.exactOptional(),
  prose: prose.exactOptional(),
  facts: z.record(factName, fact).exactOptional(),
  /** Reading order: stands behind that term. */
  after: termId.exactOptional(),
};

/** One clause as a unit of meaning; prose is Markdown. */
export const term = z.strictObject(termFields);
export type Term = z.infer<typeof term>;

/** New values of some fields: facts merge by name, `null` clears, what is left out stays. */
export const termValues = z
  .strictObject({
    kind: kind.exactOptional(),
    heading: line.nullable().exactOptional(),
    number: line.nullable().exactOptional(),
    prose: prose.nullable().exactOptional(),
    facts: z.record(factName, fact.nullable()).exactOptional(),
    after: termId.nullable().exactOptional(),
  })
  .refine((values) => Object.keys(values).length > 0, { error: 'name at least one field' });
export type TermValues = z.infer<typeof termValues>;

const termIds = z.array(termId).min(1, { error: 'name at least one term' }).max(10_000);

export const termAdded = z.strictObject({ ...changeHead, ...termFields });

/** `expects` is what the author believes stood there before; a difference is reported, never refused. */
export const termAmended = z.strictObject({
  ...changeHead,
  termId,
  values: termValues,
  expects: termValues.exactOptional(),
});

/** 1→1 replaced, 1→n split, n→1 merged; `revives`: the old terms come back when the change ends. */
export const termsReplaced = z.strictObject({
  ...changeHead,
  from: termIds,
  to: z
    .array(term)
    .min(1, { error: 'name at least one new term; else use removeTerm' })
    .max(10_000),
  revives: z.boolean().exactOptional(),
});

export const termRemoved = z.strictObject({ ...changeHead, termId });

/** A slip the parties put right, deemed from its origin; absent target: what first brought the term in. */
export const termRectified = z.strictObject({
  ...changeHead,
  termId,
  values: termValues,
  target: changeId.exactOptional(),
});

/** `abInitio`: as if it had never been; else without effect from the voiding's own start. */
export const changeVoided = z.strictObject({
  ...changeHead,
  target: changeId,
  abInitio: z.boolean(),
});

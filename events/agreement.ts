import { z } from 'zod';
import { changeHead } from './change.ts';
import { day } from './days.ts';
import { edtf } from './edtf.ts';
import { instant, timeZone } from './instants.ts';
import { party } from './parties.ts';
import { term } from './terms.ts';
import { agreementId, line, prose, tag, termId } from './values.ts';

const termIds = z.array(termId).max(10_000);

/** Once per stream: the continuing deal and its parties at the outset. */
export const agreementRecorded = z.strictObject({
  agreementId,
  title: line,
  timeZone,
  parties: z.array(party).min(1, { error: 'name at least one party' }).max(1_000),
  description: prose.exactOptional(),
});

/** `endsOn` is the first day no longer in force; `null` opens the end. */
export const agreementAmended = z.strictObject({
  ...changeHead,
  title: line.exactOptional(),
  endsOn: edtf.nullable().exactOptional(),
  survives: termIds.exactOptional(),
  description: prose.exactOptional(),
});

/** `to` the same id: the new value takes its place; another id: replaced; `null`: removed. */
export const agreementRestated = z.strictObject({
  ...changeHead,
  terms: z.array(term).max(10_000),
  mapping: z.array(z.strictObject({ from: termId, to: termId.nullable() })).max(10_000),
  revives: z.boolean().exactOptional(),
});

export const agreementTerminated = z.strictObject({ ...changeHead, survives: termIds });

/** `relatesBack`: as if the agreement had never ended. */
export const agreementReinstated = z.strictObject({ ...changeHead, relatesBack: z.boolean() });

/** Absent `terms`: all. Values stay as they are; the terms count as affirmed. */
export const termsAffirmed = z.strictObject({ ...changeHead, terms: termIds.exactOptional() });

/** How far our own observation reaches; replaces the coverage stated before. `observedThrough` is inclusive, gaps are half-open. */
export const coverageStated = z.strictObject({
  from: day,
  observedThrough: day,
  gaps: z
    .array(z.strictObject({ from: day, until: day, reason: line }))
    .max(1_000)
    .exactOptional(),
});

/** A name for a point on both axes; absent `knownAt`: whatever is known when it is asked for. */
export const pointTagged = z.strictObject({
  tag,
  effectiveOn: day,
  knownAt: z.union([instant, day]).exactOptional(),
  note: prose.exactOptional(),
});

import { z } from 'zod';
import { instrumentInput } from '#agreement/instrument-input.ts';
import { effectiveStart } from '#events/change.ts';
import { CLAIM_STAGES } from '#events/claims.ts';
import { day } from '#events/days.ts';
import { edtf } from '#events/edtf.ts';
import { decimal, fact, factName } from '#events/facts.ts';
import { edtfOrInstant, instant } from '#events/instants.ts';
import { party } from '#events/parties.ts';
import { FINDING_CODES } from '#events/record.ts';
import { source } from '#events/source.ts';
import { term, termValues } from '#events/terms.ts';
import {
  agreementId,
  changeId,
  eventId,
  GRADES,
  instrumentId,
  partyId,
  termId,
} from '#events/values.ts';
import { changeInput, verbSchemas } from '#events/verbs.ts';
import { days, factFilter, termFilter } from '#portfolio/filter.ts';
import {
  AGREEMENT_STANDINGS,
  COMPARISONS,
  condition,
  part,
  statement,
} from '#projections/bisect/condition.ts';
import type { AnyInputType } from '../builder.ts';
import {
  AgreementStanding,
  ClaimResolution,
  ClaimStage,
  ClaimStance,
  Comparison,
  ConditionOutcome,
  FindingCode,
  Grade,
  OverlayKind,
  PortfolioKey,
  RightOutcome,
  SuccessionKind,
  TermStanding,
} from '../types/enums.ts';
import {
  Day,
  DayOrInstant,
  Edtf,
  EdtfOrInstant,
  EffectiveStart,
  FactInput,
  Facts,
  Instant,
  Json,
} from '../types/scalars.ts';

type Schema = z.core.$ZodType;

const LEAVES: ReadonlyMap<Schema, AnyInputType> = new Map<Schema, AnyInputType>([
  [day, Day],
  [instant, Instant],
  [edtf, Edtf],
  [edtfOrInstant, EdtfOrInstant],
  [effectiveStart, EffectiveStart],
  [fact, FactInput],
  [decimal, 'String'],
  [factName, 'String'],
  // One schema serves parties, claims, consents, overlays, conditions and tags.
  ...[agreementId, termId, instrumentId, changeId, eventId, partyId].map(
    (id): [Schema, AnyInputType] => [id, 'ID'],
  ),
]);

const isDayOrInstant = (schema: z.ZodUnion): boolean =>
  schema.options.length === 2 && schema.options.every((one) => one === day || one === instant);

const recordOf = (schema: z.ZodRecord): AnyInputType => {
  const value = schema.def.valueType;
  const inner = value instanceof z.ZodNullable ? value.def.innerType : value;
  return inner === fact ? Facts : Json;
};

/** The scalar that stands for a schema, where one does. */
export const leafOf = (schema: Schema): AnyInputType | undefined => {
  if (schema instanceof z.ZodRecord) return recordOf(schema);
  if (schema instanceof z.ZodUnion && isDayOrInstant(schema)) return DayOrInstant;
  return LEAVES.get(schema);
};

const NAMES: ReadonlyMap<Schema, string> = new Map<Schema, string>([
  [term, 'TermInput'],
  [termValues, 'TermValuesInput'],
  [party, 'PartyInput'],
  [source, 'SourceInput'],
  [instrumentInput, 'InstrumentInput'],
  [changeInput, 'ChangeInput'],
  [condition, 'ConditionInput'],
  [part, 'ConditionPartInput'],
  [statement, 'StatementInput'],
  [days, 'DaysFilterInput'],
  [factFilter, 'FactFilterInput'],
  [termFilter, 'TermFilterInput'],
  ...Object.entries(verbSchemas).map(([verb, schema]): [Schema, string] => [
    schema,
    `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`,
  ]),
]);

/** The name of an input object that is used in several places. */
export const nameOf = (schema: Schema): string | undefined => NAMES.get(schema);

const ENUMS: ReadonlyMap<string, AnyInputType> = new Map<string, AnyInputType>([
  [GRADES.join(), Grade],
  [AGREEMENT_STANDINGS.join(), AgreementStanding],
  [COMPARISONS.join(), Comparison],
  [CLAIM_STAGES.join(), ClaimStage],
  [FINDING_CODES.join(), FindingCode],
  ['IN_FORCE,REPLACED,REMOVED,EXPIRED,TERMINATED,VOIDED', TermStanding],
  ['ID,TITLE,ENDS_ON,TERMS,FACT', PortfolioKey],
  ['WAIVER,SUSPENSION,FORBEARANCE,SIDE_LETTER', OverlayKind],
  ['EXERCISED,DECLINED,LAPSED', RightOutcome],
  ['SATISFIED,WAIVED,FAILED', ConditionOutcome],
  ['RENAMED,MERGED,ASSIGNED,NOVATED', SuccessionKind],
  ['CORROBORATED,DENIED,WITHDRAWN', ClaimStance],
  ['CONFIRMED,PARTLY,REFUTED,LAPSED', ClaimResolution],
]);

/** The enum of exactly these values. @throws {TypeError} where there is none yet. */
export const enumOf = (values: readonly unknown[]): AnyInputType => {
  const found = ENUMS.get(values.join());
  if (found === undefined) throw new TypeError(`no GraphQL enum has the values ${values.join()}`);
  return found;
};

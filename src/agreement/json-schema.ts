import { z } from 'zod';
import { edtf } from '#events/edtf.ts';
import { fact } from '#events/facts.ts';
import { source } from '#events/source.ts';
import { term, termValues } from '#events/terms.ts';
import { changeInput, type Verb } from '#events/verbs.ts';
import { agreementFile, instrumentSection } from './agreement-file.ts';

/** What an author should know of a key, wherever it stands; of some, only inside a certain one. */
const DESCRIPTIONS: { readonly [key: string]: string } = {
  agreement: 'Stable id of the continuing deal, like microsoft-openai.',
  title: 'One line that names it.',
  timeZone: 'IANA time zone in which days of legal effect are counted.',
  description: 'Running text (Markdown).',
  parties: 'The legal persons at the outset; later ones join with joinParty.',
  partyId: 'Stable id of a legal person.',
  name: 'The name at the time.',
  role: 'What the party is in the deal, like investor or licensee.',
  instruments: 'The papers and acts, in the order in which you want them recorded.',
  id: 'Stable id of the instrument, unique in its agreement.',
  executedAt: 'When the parties bound themselves: EDTF date or unknown.',
  announcedAt: 'When the public could know: EDTF date, instant, or unknown.',
  effectiveFrom:
    'First day of legal effect: EDTF date, unknown, or { onConditions: [...] }. Absent: executedAt, else announcedAt.',
  effectiveUntil: 'First day no longer in effect ("through 2030" is 2031-01-01).',
  evidence: 'How strong the proof is. Absent: the best grade of the sources, else INFERRED.',
  sources: 'Where the statement comes from.',
  published: 'When the source was published: EDTF date.',
  language: 'Language tag, like en or es-MX.',
  grade: 'How strong a proof it is, strongest first in the list.',
  sha256: 'Hash of the retrieved copy, 64 hex digits.',
  displaces: 'Changes that this one takes the place of, whatever the order of their dates.',
  note: 'A remark for readers of the record; no legal meaning.',
  changes: 'What the instrument does, each item one verb; or the change ids spoken of.',
  changeId: 'Unique in the agreement. Default: <instrumentId>/<verb>:<first id it names>.',
  termId: 'Stable id of the clause, unique in its agreement, like compute.exclusivity.',
  kind: 'A kind in capitals, like EXCLUSIVITY or AMENDMENT, or one of the list.',
  heading: 'Heading of the clause.',
  number: 'Number of the clause as printed; a renumbering amends this alone.',
  prose: 'What the clause says (Markdown).',
  facts:
    'Typed values by name: { price: { money: { amount: "100", currency: USD } } }; short: true, a text, { amount, currency }, { value, unit }.',
  after: 'Reading order: stands behind that term.',
  values: 'The new values; facts merge by name, null clears, what is left out stays.',
  expects: 'What you believe stood there before; a difference is reported, never refused.',
  from: 'The terms that give way, or the first day.',
  to: 'What takes their place, or the parties a consent is given to.',
  revives: 'The old terms come back when this change ends.',
  mapping: 'Where each old term goes: the same id, another id, or null (removed).',
  survives: 'Terms that outlive the end of the agreement.',
  endsOn: 'First day on which the agreement is no longer in force; null: open.',
  relatesBack: 'As if the agreement had never ended.',
  target: 'An event by id or key (change:<changeId>, instrument:<id>, …), or a change by its id.',
  abInitio: 'As if it had never been; else without effect from its own start on.',
  conditionId: 'Stable id of a condition.',
  onConditions: 'The start waits for all of these.',
  notBefore: 'Not before this day, whatever the conditions.',
  longStop: 'The last day in time; once it is past the change has lapsed.',
  claims: 'What somebody says is coming, was made, or was not.',
  claimId: 'Stable id of the claim; report it again at a further stage under the same id.',
  statement: 'What is said.',
  by: 'Who says it, who grants it, or which changes settled it.',
  reportedAt: 'When it was said: EDTF date or instant.',
  proposedChanges: 'What is said to be coming, as changes.',
  about: 'The terms it speaks of.',
  assessments: 'Who backed, denied or withdrew a claim.',
  resolutions: 'What became of a claim, and by which changes.',
  corrections: 'Where our record was wrong: the whole payload as it should be, and why.',
  data: 'The whole payload of the target as it should be, with the same ids.',
  reason: 'Why.',
  retractions: 'What should not have been recorded; of a retraction: gives it back.',
  conflicts: 'Findings that somebody has weighed.',
  winner: 'The change that prevails.',
  rationale: 'Why.',
  coverage: 'How far our own observation reaches.',
  observedThrough: 'The last day observed.',
  gaps: 'Stretches in between that were not observed.',
  tags: 'Names for points in time.',
  effectiveOn: 'The day whose law is asked for.',
  knownAt: 'What was known then: a day or an instant.',
};

const VERB_DESCRIPTIONS: { readonly [verb in Verb]: string } = {
  addTerm: 'A new clause.',
  amendTerm: 'New values of some fields of a clause; a renumbering amends the number alone.',
  replaceTerms: 'Clauses give way to new ones: replaced, split or merged.',
  removeTerm: 'A clause ends without successor.',
  rectifyTerm: 'The parties put a slip in their text right, deemed from its origin.',
  voidChange: 'A change is void, from the beginning or from now on.',
  amendAgreement: 'New title, end date or description of the whole agreement.',
  restateAgreement: 'The agreement is stated anew; the mapping says where each old clause goes.',
  terminateAgreement: 'The agreement ends; some clauses may survive.',
  reinstateAgreement: 'The agreement that was ended is in force again.',
  affirmTerms: 'The parties say that clauses stand unchanged.',
  joinParty: 'A new party.',
  leaveParty: 'A party leaves.',
  succeedParty: 'A party is renamed, merged, or its place is assigned or novated.',
  applyOverlay: 'A waiver, suspension, forbearance or side letter lies on clauses for a time.',
  liftOverlay: 'An overlay ends.',
  grantConsent: 'A party permits something.',
  revokeConsent: 'A permission ends.',
  resolveRight: 'A right was exercised or declined, or lapsed, on one occasion.',
  resolveCondition: 'A condition was satisfied or waived, or failed.',
};

type Names = { readonly id: string; readonly description: string };

/** Names of the shapes that occur in many places. */
const named = z.registry<Names>();
named.add(term, { id: 'Term', description: 'One clause as a unit of meaning.' });
named.add(termValues, { id: 'TermValues', description: DESCRIPTIONS['values'] ?? '' });
named.add(source, { id: 'Source', description: 'Where a statement comes from.' });
named.add(fact, { id: 'Fact', description: DESCRIPTIONS['facts'] ?? '' });
named.add(edtf, {
  id: 'Date',
  description:
    'EDTF: 2025-01-21, 2025-01, 2024, 2025-33 (quarter), 2025-03~ (about), "[..2026-04-27]" (by then), or unknown.',
});
named.add(changeInput, {
  id: 'Change',
  description: 'What the instrument does: exactly one verb.',
});
named.add(instrumentSection, {
  id: 'Instrument',
  description: 'One paper or act with all it does.',
});

type Json = z.core.JSONSchema.BaseSchema;

const texts: { readonly [key: string]: string } = { ...DESCRIPTIONS, ...VERB_DESCRIPTIONS };

type Fields = { readonly [key: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The properties of an object schema, each with what an author should know of it. */
const properties = (of: Fields): Fields =>
  Object.fromEntries(
    Object.entries(of).map(([key, property]) => {
      const deep = described(property);
      const text = texts[key];
      return [key, isFields(deep) && text !== undefined ? { description: text, ...deep } : deep];
    }),
  );

/** The schema with descriptions. Made anew, because zod puts one object in several places. */
const described = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(described);
  if (!isFields(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' && isFields(value) ? properties(value) : described(value),
    ]),
  );
};

/** What zod can not say of some shapes. */
const completed = (schema: Json, of: z.core.$ZodType): void => {
  // Editors read an unquoted year as a number; files are read as they are written.
  if (of === edtf) schema.type = ['string', 'integer'] as unknown as 'string';
  if (of === changeInput) Object.assign(schema, { minProperties: 1, maxProperties: 1 });
};

/**
 * JSON Schema (draft 2020-12) of an agreement file, made from the zod schema that reads it, for editors. It can say
 * less than zod: that a day exists or an id is known is found when the file is recorded.
 */
export const agreementFileSchema = (): Fields => {
  const schema = z.toJSONSchema(agreementFile, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    reused: 'ref',
    metadata: named,
    override: ({ jsonSchema, zodSchema }) => completed(jsonSchema, zodSchema),
  });
  const { $schema, ...rest } = Object.fromEntries(Object.entries(schema));
  const deep = described(rest);
  return {
    $schema,
    title: 'Codicil agreement file',
    description: 'One agreement: its papers, what they changed, and what was said of it.',
    ...(isFields(deep) ? deep : {}),
  };
};

/** The schema as the text of `agreements/agreement.schema.json`. */
export const agreementFileSchemaText = (): string =>
  `${JSON.stringify(agreementFileSchema(), undefined, 2)}\n`;

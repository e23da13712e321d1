import { z } from 'zod';

/** Free text must survive UTF-8: a lone surrogate would come back as another character. */
const wellFormed = (text: string): boolean => text.isWellFormed();
const WELL_FORMED = { error: 'the text holds half of a surrogate pair; write the whole character' };

/** One line of text: 1 to 2,000 characters, no line breaks. */
export const line = z
  .string()
  .min(1, { error: 'must not be empty' })
  .max(2_000)
  .refine(wellFormed, WELL_FORMED)
  .refine((text) => !/[\r\n\0]/.test(text), { error: 'must be a single line of text' });

/** Running text (Markdown), at most 4,000,000 characters. */
export const prose = z.string().max(4_000_000).refine(wellFormed, WELL_FORMED);

const ID = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|[.:](?=[A-Za-z0-9]))*$/;
const ID_FORM = {
  error:
    'expected an id: letters, digits, "-", "_", and single "." or ":" inside, at most 200 characters, like compute.exclusivity',
};
const id = z.string().max(200, ID_FORM).regex(ID, ID_FORM);

/** Stable name of one continuing deal; its stream is `agreement-<id>`. */
export const agreementId = id.brand<'AgreementId'>();
export type AgreementId = z.infer<typeof agreementId>;

/** Stable name of one clause as a unit of meaning, unique in its agreement. */
export const termId = id.brand<'TermId'>();
export type TermId = z.infer<typeof termId>;

/** Stable name of a paper or act, unique in its agreement. */
export const instrumentId = id.brand<'InstrumentId'>();
export type InstrumentId = z.infer<typeof instrumentId>;

export const partyId = id;
export const claimId = id;
export const consentId = id;
export const overlayId = id;
export const conditionId = id;
export const tag = id;

const CHANGE_ID = /^[A-Za-z0-9][A-Za-z0-9_.:/-]*$/;
const CHANGE_ID_FORM = {
  error: 'expected a change id such as first-amendment/amendTerm:price, at most 1,000 characters',
};
/** Names one change in its agreement; by default `<instrumentId>/<verb>:<first id it names>`. */
export const changeId = z
  .string()
  .max(1_000, CHANGE_ID_FORM)
  .regex(CHANGE_ID, CHANGE_ID_FORM)
  .brand<'ChangeId'>();
export type ChangeId = z.infer<typeof changeId>;

/** Identity of an event; a UUIDv5 wherever we write it. */
export const eventId = z.string().min(1).max(200).brand<'EventId'>();
export type EventId = z.infer<typeof eventId>;

const CAPITALS = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
/** An open vocabulary written in capitals, such as `EXCLUSIVITY` or `RIGHT_OF_FIRST_REFUSAL`. */
export const kind = z
  .string()
  .max(100)
  .regex(CAPITALS, { error: 'expected a kind in capitals, like RIGHT_OF_FIRST_REFUSAL' });

/** Strength of the proof for a statement, strongest first. Nothing given counts as INFERRED. */
export const GRADES = [
  'DOCUMENT_TEXT',
  'COURT_RECORD',
  'OFFICIAL_FILING',
  'PARTY_STATEMENT',
  'NAMED_SOURCE',
  'ANONYMOUS_SOURCE',
  'INFERRED',
] as const;
export const grade = z.enum(GRADES);
export type Grade = z.infer<typeof grade>;

/** 0 for the weakest grade, rising with the strength of the proof. */
export const strength = (of: Grade): number => GRADES.length - 1 - GRADES.indexOf(of);

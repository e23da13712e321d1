import { z } from 'zod';
import {
  agreementAmended,
  agreementReinstated,
  agreementRestated,
  agreementTerminated,
  termsAffirmed,
} from './agreement.ts';
import { overlayApplied, overlayLifted } from './overlays.ts';
import { partyJoined, partyLeft, partySucceeded } from './parties.ts';
import { conditionResolved, consentGranted, consentRevoked, rightResolved } from './permissions.ts';
import {
  changeVoided,
  termAdded,
  termAmended,
  termRectified,
  termRemoved,
  termsReplaced,
} from './terms.ts';
import { changeId } from './values.ts';

/** The event that records each change verb. */
export const VERBS = {
  addTerm: 'TermAdded',
  amendTerm: 'TermAmended',
  replaceTerms: 'TermsReplaced',
  removeTerm: 'TermRemoved',
  rectifyTerm: 'TermRectified',
  voidChange: 'ChangeVoided',
  amendAgreement: 'AgreementAmended',
  restateAgreement: 'AgreementRestated',
  terminateAgreement: 'AgreementTerminated',
  reinstateAgreement: 'AgreementReinstated',
  affirmTerms: 'TermsAffirmed',
  joinParty: 'PartyJoined',
  leaveParty: 'PartyLeft',
  succeedParty: 'PartySucceeded',
  applyOverlay: 'OverlayApplied',
  liftOverlay: 'OverlayLifted',
  grantConsent: 'ConsentGranted',
  revokeConsent: 'ConsentRevoked',
  resolveRight: 'RightResolved',
  resolveCondition: 'ConditionResolved',
} as const;
export type Verb = keyof typeof VERBS;

/** The events that are changes, each with its payload's schema. */
export const changeSchemas = {
  TermAdded: termAdded,
  TermAmended: termAmended,
  TermsReplaced: termsReplaced,
  TermRemoved: termRemoved,
  TermRectified: termRectified,
  ChangeVoided: changeVoided,
  AgreementAmended: agreementAmended,
  AgreementRestated: agreementRestated,
  AgreementTerminated: agreementTerminated,
  AgreementReinstated: agreementReinstated,
  TermsAffirmed: termsAffirmed,
  PartyJoined: partyJoined,
  PartyLeft: partyLeft,
  PartySucceeded: partySucceeded,
  OverlayApplied: overlayApplied,
  OverlayLifted: overlayLifted,
  ConsentGranted: consentGranted,
  ConsentRevoked: consentRevoked,
  RightResolved: rightResolved,
  ConditionResolved: conditionResolved,
} as const;
export type ChangeType = keyof typeof changeSchemas;

/** A verb's own shape: the payload without its instrument; the change id may be left out. */
const asked = <S extends z.ZodRawShape & { changeId: z.ZodType; instrumentId: z.ZodType }>(
  schema: z.ZodObject<S, z.core.$strict>,
) => {
  const { instrumentId: _, ...shape } = schema.shape;
  return z.strictObject({ ...shape, changeId: changeId.exactOptional() });
};

/** The shape of each change as people write it: in files, in GraphQL, in a claim's proposal. */
export const verbSchemas = {
  addTerm: asked(termAdded),
  amendTerm: asked(termAmended),
  replaceTerms: asked(termsReplaced),
  removeTerm: asked(termRemoved),
  rectifyTerm: asked(termRectified),
  voidChange: asked(changeVoided),
  amendAgreement: asked(agreementAmended),
  restateAgreement: asked(agreementRestated),
  terminateAgreement: asked(agreementTerminated),
  reinstateAgreement: asked(agreementReinstated),
  affirmTerms: asked(termsAffirmed),
  joinParty: asked(partyJoined),
  leaveParty: asked(partyLeft),
  succeedParty: asked(partySucceeded),
  applyOverlay: asked(overlayApplied),
  liftOverlay: asked(overlayLifted),
  grantConsent: asked(consentGranted),
  revokeConsent: asked(consentRevoked),
  resolveRight: asked(rightResolved),
  resolveCondition: asked(conditionResolved),
} as const;

type Asked = { readonly [V in Verb]: z.infer<(typeof verbSchemas)[V]> };
/** One change in command form: exactly one verb with its payload. */
export type ChangeInput = { readonly [V in Verb]: { readonly [K in V]: Asked[V] } }[Verb];
/** The same, taken apart so that one can switch on the verb. */
export type AskedChange = {
  readonly [V in Verb]: { readonly verb: V; readonly data: Asked[V] };
}[Verb];

const optional = Object.fromEntries(
  Object.entries(verbSchemas).map(([verb, schema]) => [verb, schema.exactOptional()]),
);

const ONE_VERB = { error: `expected exactly one change, one of: ${Object.keys(VERBS).join(', ')}` };

/** Parses one change in command form; exactly one of the verbs must be there. */
export const changeInput = z
  .strictObject(optional)
  .refine((change) => Object.keys(change).length === 1, ONE_VERB)
  .meta({ minProperties: 1, maxProperties: 1 })
  // Exactly one key of the record above is what the union says.
  .transform((change) => change as unknown as ChangeInput);

/** Takes a change in command form apart. */
export const askedChange = (change: ChangeInput): AskedChange => {
  const [entry] = Object.entries(change);
  if (entry === undefined) throw new TypeError('a change in command form names one verb');
  return { verb: entry[0], data: entry[1] } as AskedChange;
};

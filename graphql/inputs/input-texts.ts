/** What an input object says about itself. */
export type InputText = {
  readonly description: string;
  /** Exactly one of its fields must be given. */
  readonly isOneOf?: boolean;
};

const TEXTS: { readonly [name: string]: InputText } = {
  ChangeInput: {
    description:
      'What an instrument does to one term or to the agreement: exactly one verb with its payload. What a change leaves out (dates, sources, evidence) comes from its instrument.',
    isOneOf: true,
  },
  ConditionInput: {
    description:
      'A condition on the terms at a point: exactly one statement, its opposite, or several of which all or any must hold. Before coverage nothing holds, and no opposite.',
    isOneOf: true,
  },
  ConditionPartInput: { description: 'A statement or its opposite.', isOneOf: true },
  StatementInput: { description: 'One statement about the terms.', isOneOf: true },
  InstrumentInput: { description: 'The paper or act that makes or evidences changes.' },
  TermInput: { description: 'One clause as a unit of meaning; prose is Markdown.' },
  TermValuesInput: {
    description:
      'New values of some fields: what is left out stays, null clears; facts merge by name.',
  },
  SourceInput: { description: 'Where a statement comes from, and how strong a proof it is.' },
  PartyInput: { description: 'A legal person with a stable id.' },
  PortfolioFilterInput: {
    description: 'What an agreement fulfils, all of it; a finding may be of any of its terms.',
  },
  TermFilterInput: {
    description:
      'What one and the same term fulfils, all of it. Of a term that is not in force only its standing and its findings are known.',
  },
  FactFilterInput: {
    description:
      'A fact of that name, or of any: exactly one of money, percent, quantity and date, within bounds that are exclusive and exact.',
  },
  DaysFilterInput: {
    description: 'Every day that the date may stand for lies after the one and before the other.',
  },
  PortfolioOrderInput: { description: 'The order of a list of agreements.' },
  AddTermInput: { description: 'A term comes in.' },
  AmendTermInput: {
    description:
      'Some values of a term change; expects says what its author believes stood there before.',
  },
  ReplaceTermsInput: {
    description: 'Terms give way to others: one to one, one to many (split), many to one (merge).',
  },
  RemoveTermInput: { description: 'A term ends.' },
  RectifyTermInput: {
    description: 'The parties put a slip of their own text right, deemed from its origin.',
  },
  VoidChangeInput: {
    description: 'A change has no effect from a day on, or never had any (abInitio).',
  },
  AmendAgreementInput: {
    description:
      'Title, description or end date of the whole agreement; endsOn: null opens the end.',
  },
  RestateAgreementInput: {
    description: 'The whole text anew; mapping says where each former term went.',
  },
  TerminateAgreementInput: { description: 'The agreement ends; some terms survive.' },
  ReinstateAgreementInput: { description: 'A terminated agreement lives again.' },
  AffirmTermsInput: { description: 'Terms are affirmed as they stand; none named: all.' },
  JoinPartyInput: { description: 'A party joins.' },
  LeavePartyInput: { description: 'A party leaves.' },
  SucceedPartyInput: { description: 'A party is renamed, merged, assigns or is novated.' },
  ApplyOverlayInput: { description: 'Terms do not apply for a time, or not between some parties.' },
  LiftOverlayInput: { description: 'An overlay ends.' },
  GrantConsentInput: { description: 'A party permits something.' },
  RevokeConsentInput: { description: 'A permission ends.' },
  ResolveRightInput: { description: 'A right is exercised, declined or lapses on one occasion.' },
  ResolveConditionInput: { description: 'A condition is satisfied, waived or fails.' },
};

/** The description of an input object; an object that serves one place only has none. */
export const inputText = (name: string): InputText | undefined => TEXTS[name];

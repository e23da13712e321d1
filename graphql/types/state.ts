import type { Answer } from '#app/app.ts';
import { textOf } from '#projections/text.ts';
import { type CopyFormat, printCopy } from '#render/print-copy.ts';
import { inText } from '#render/printed.ts';
import { basisQuestion } from '../basis-question.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Basis } from './basis.ts';
import { Claim } from './claim.ts';
import { Consent } from './consent.ts';
import { EndedTerm } from './ended-term.ts';
import { AgreementStanding, EmptyReason } from './enums.ts';
import { Finding } from './finding.ts';
import { LineageEdge } from './lineage-edge.ts';
import { Party } from './party.ts';
import { PendingChange } from './pending-change.ts';
import { Possibility } from './possibility.ts';
import { Revision } from './revision.ts';
import { Right } from './right.ts';
import { Edtf } from './scalars.ts';
import { AnchoredTerm, Term } from './term.ts';

const anchor = ({ state, basis }: Answer): Anchor => ({ agreementId: state.agreementId, basis });

export const State = builder.objectRef<Answer>('State').implement({
  description: 'The answer to one question about one agreement.',
});

builder.objectFields(State, (t) => ({
  agreementId: t.id({ resolve: ({ state }) => state.agreementId }),
  title: t.string({ resolve: ({ state }) => state.title }),
  description: t.string({ nullable: true, resolve: ({ state }) => state.description }),
  timeZone: t.string({
    description: 'IANA name; days are days of this zone.',
    resolve: ({ state }) => state.timeZone,
  }),
  standing: t.field({
    type: AgreementStanding,
    nullable: true,
    description: 'Null before anything is known to be agreed.',
    resolve: ({ state }) => state.standing,
  }),
  endsOn: t.field({
    type: Edtf,
    nullable: true,
    description: 'The first day no longer in force.',
    resolve: ({ state }) => state.endsOn,
  }),
  empty: t.field({
    type: EmptyReason,
    nullable: true,
    resolve: ({ state }) => state.empty,
  }),
  basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
}));

const FORMATS: { readonly [name: string]: { readonly value: CopyFormat; description: string } } = {
  MARKDOWN: { value: 'markdown', description: 'With footnotes.' },
  HTML: { value: 'html', description: 'One page that needs nothing beside it.' },
  DOCX: { value: 'docx', description: 'A file for word processors; its bytes in base64.' },
};
const Format = builder.enumType('CopyFormat', {
  description: 'What a conformed copy can be printed as.',
  values: FORMATS,
});

builder.objectFields(State, (t) => ({
  copy: t.string({
    description:
      'The conformed copy: the agreement as it reads, a footnote at each passage that was changed. Without legal effect.',
    args: { format: t.arg({ type: Format, required: true }) },
    resolve: async (answer, { format }, { app }) => {
      const { agreementId, basis } = anchor(answer);
      const copy = await app.views.copy(agreementId, basisQuestion(basis));
      if (copy === undefined) throw new Error(`${agreementId} was there, and is no more`);
      return inText(printCopy(format, copy));
    },
  }),
}));

builder.objectFields(State, (t) => ({
  parties: t.field({ type: [Party], resolve: ({ state }) => [...state.parties] }),
  terms: t.field({
    type: [Term],
    description: 'Terms in force, in reading order.',
    resolve: (answer) => {
      const at = anchor(answer);
      return answer.state.terms.map((term) => new AnchoredTerm(term, at));
    },
  }),
  text: t.string({
    nullable: true,
    description:
      'The prose of all terms in force, joined: of an imported document its text; null where nothing is in force.',
    resolve: ({ state }) => textOf(state),
  }),
  ended: t.field({
    type: [EndedTerm],
    description: 'Terms that were in force before.',
    resolve: (answer) => answer.state.ended.map((ended) => ({ ended, at: anchor(answer) })),
  }),
  lineage: t.field({ type: [LineageEdge], resolve: ({ state }) => [...state.lineage] }),
  consents: t.field({
    type: [Consent],
    resolve: (answer) => answer.state.consents.map((consent) => ({ consent, at: anchor(answer) })),
  }),
  rights: t.field({
    type: [Right],
    resolve: (answer) => answer.state.rights.map((right) => ({ right, at: anchor(answer) })),
  }),
  claims: t.field({
    type: [Claim],
    resolve: (answer) => answer.state.claims.map((claim) => ({ claim, at: anchor(answer) })),
  }),
}));

builder.objectFields(State, (t) => ({
  scheduled: t.field({
    type: [PendingChange],
    description: 'Agreed already; starts later.',
    resolve: (answer) => answer.state.scheduled.map((pending) => ({ pending, at: anchor(answer) })),
  }),
  prospective: t.field({
    type: [PendingChange],
    description: 'Agreed; waits for conditions.',
    resolve: (answer) =>
      answer.state.prospective.map((pending) => ({ pending, at: anchor(answer) })),
  }),
  lapsed: t.field({
    type: [PendingChange],
    description: 'Its conditions failed or their long stop passed.',
    resolve: (answer) => answer.state.lapsed.map((pending) => ({ pending, at: anchor(answer) })),
  }),
  possibly: t.field({
    type: [Possibility],
    description: 'What may or may not have happened by that day, because dates are uncertain.',
    resolve: (answer) =>
      answer.state.possibly.map((possible) => ({ possible, at: anchor(answer) })),
  }),
  findings: t.field({ type: [Finding], resolve: ({ state }) => [...state.findings] }),
  revised: t.field({
    type: [Revision],
    description: 'Changes that were corrected or retracted in our record.',
    resolve: ({ state }) => [...state.revised],
  }),
}));

import type { TermId } from '#events/values.ts';
import type { Dated } from './dates.ts';

/**
 * One application in the order of a day. `ended`: a replacement or restatement whose end has come and which
 * keeps its place. `again`: a conflict's winner, applied once more for the fields it shares.
 */
export type Step = {
  readonly dated: Dated;
  readonly how: 'applied' | 'ended';
  readonly again?: ReadonlySet<string>;
};

/** What a step does to the presence of terms: the ids that leave, and those that come in. */
export type Presence = { readonly out: readonly TermId[]; readonly in: readonly TermId[] };

const replacedIds = (mapping: readonly { readonly from: TermId; readonly to: TermId | null }[]) =>
  mapping.filter(({ from, to }) => from !== to).map(({ from }) => from);

export const presence = ({ dated, how }: Step): Presence => {
  const { change } = dated;
  const brings = how === 'ended' ? [] : change.brings;
  const gone = how === 'ended' ? change.brings : [];
  switch (change.type) {
    case 'TermAdded':
      return { out: [], in: brings };
    case 'TermRemoved':
      return { out: [change.data.termId], in: [] };
    case 'TermsReplaced':
      return { out: [...change.data.from, ...gone], in: brings };
    case 'AgreementRestated':
      return { out: [...replacedIds(change.data.mapping), ...gone], in: brings };
    default:
      return { out: [], in: [] };
  }
};

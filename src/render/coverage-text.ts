import type { AgreementState } from '#projections/state.ts';

/** Why an answer is empty, or may lack something; undefined where nothing of the kind is to be said. */
export const coverageText = ({ coverage, empty }: AgreementState): string | undefined => {
  if (empty === 'NOT_RECORDED') return 'Nothing to say: it was not on record then.';
  if (empty === 'BEFORE_COVERAGE') {
    return `Nothing to say: our observation begins on ${coverage?.from} (BEFORE_COVERAGE).`;
  }
  if (coverage?.gap !== undefined) {
    const { from, until, reason } = coverage.gap;
    return `We did not look from ${from} to ${until}: ${reason}`;
  }
  if (coverage?.stale !== true) return undefined;
  return `We have looked until ${coverage.observedThrough} only; what came later is not in here.`;
};

import type { Basis } from '#app/app.ts';

/** The point at which an answer was computed: `on 2025-03-01 · known at … · log position 208`. */
export const basisText = (basis: Basis): string => {
  const known = basis.knowledge === 'PUBLIC' ? 'publicly known' : 'known';
  return [
    `on ${basis.effectiveOn}`,
    `${known} at ${basis.knownAt}`,
    `log position ${basis.position}`,
    ...(basis.executedBy === undefined ? [] : [`executed by ${basis.executedBy}`]),
    ...(basis.uncertain === 'REPORT' ? [] : [`uncertain dates at their ${basis.uncertain}`]),
    ...(basis.assume === undefined ? [] : [`assuming ${JSON.stringify(basis.assume)}`]),
  ].join(' · ');
};

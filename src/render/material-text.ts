import type { Materiality } from '#projections/diff/material.ts';

/** Phrases that differ in their capitals alone are one. */
const namedOnce = (phrases: readonly string[]): readonly string[] => {
  const plain = phrases.map((phrase) => phrase.replace(/\s+/gu, ' '));
  return [
    ...new Map(plain.toReversed().map((each) => [each.toLowerCase(), each])).values(),
  ].toReversed();
};

/** The rules that flag an entry, each with what tripped it: `NUMBER (100; 120), MONEY (100 EUR)`. */
export const materialText = (material: readonly Materiality[]): string =>
  material
    .map(
      ({ flag, removed, added, facts }) =>
        `${flag} (${namedOnce([...removed, ...added, ...facts]).join('; ')})`,
    )
    .join(', ');

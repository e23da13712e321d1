import { isoDay, NEVER } from '#events/days.ts';
import type { Mentions } from './mentions.ts';
import type { DecidedChange } from './natural-key.ts';
import { didYouMean } from './nearest.ts';
import { type Reference, references } from './references.ts';
import { type Path, type Rejection, type RejectionCode, rejection } from './rejections.ts';
import { everSaidOf, instrumentEver, instrumentNow, noted, type Scene, zoneOf } from './scene.ts';
import { startOf, writtenStart } from './starts.ts';

/** More than anybody reads; keeps a wholly wrong input from costing much. */
export const MOST_REJECTIONS = 100;

const CODES = {
  term: 'NoSuchTerm',
  party: 'UnknownParty',
  condition: 'UnknownCondition',
  consent: 'UnknownConsent',
  overlay: 'UnknownOverlay',
} as const satisfies { readonly [to in Reference['to']]: RejectionCode };

const NAMES = {
  term: 'bringers',
  party: 'parties',
  condition: 'conditions',
  consent: 'consents',
  overlay: 'overlays',
} as const;

const namesIn = (pools: readonly Mentions[], to: Reference['to']): ReadonlySet<string> =>
  new Set(pools.flatMap((pool) => [...pool[NAMES[to]].keys()]));

const unnamed = (reference: Reference, at: Path, pools: readonly Mentions[]): Rejection => {
  const nearest = didYouMean(reference.id, namesIn(pools, reference.to));
  return missing(reference, at, { when: '', nearest });
};

const isNamed = ({ to, id }: Reference, pools: readonly Mentions[]): boolean =>
  pools.some((pool) => pool[NAMES[to]].has(id));

/** Refuses the names that none of the pools knows, whatever the day. */
export const checkNames = (
  all: readonly Reference[],
  at: Path,
  pools: readonly Mentions[],
): readonly Rejection[] =>
  all
    .filter((reference) => !isNamed(reference, pools))
    .slice(0, MOST_REJECTIONS)
    .map((reference) => unnamed(reference, at, pools));

/** The first day on which a change could bring its terms in, whatever is or was known of its dates. */
const earliestOf = (scene: Scene, changeId: string): number => {
  const zone = zoneOf(scene);
  const days = everSaidOf(scene, changeId).flatMap((says) => {
    const papers = instrumentEver(scene, says.data.instrumentId);
    return (papers.length === 0 ? [undefined] : papers).map(
      (paper) => startOf(says, paper, zone).earliest,
    );
  });
  return Math.min(NEVER, ...days);
};

/** The changes that bring a term in, besides one. */
const bringersOf = (scene: Scene, term: string, { data }: DecidedChange): Iterable<string> =>
  noted(scene, 'bringers', term).filter((id) => id !== data.changeId);

const missing = (
  reference: Reference,
  at: Path,
  details: { readonly when: string; readonly nearest: string },
) =>
  rejection(CODES[reference.to], [...at, ...reference.path], {
    [reference.to]: reference.id,
    ...(reference.to === 'term' ? details : { nearest: details.nearest }),
  });

/** A change to a term that nothing could have brought in by the change's last possible day. */
const tooEarly = (
  reference: Reference,
  change: DecidedChange,
  scene: Scene,
): string | undefined => {
  const instrument = instrumentNow(scene, change.data.instrumentId);
  const { latest } = startOf(change, instrument, zoneOf(scene));
  let first: number | undefined;
  // Of many that bring it in most are early enough, and one will do.
  for (const id of bringersOf(scene, reference.id, change)) {
    first = Math.min(first ?? NEVER, earliestOf(scene, id));
    if (first <= latest) return undefined;
  }
  if (first === undefined) return '';
  return ` by ${writtenStart(change, instrument)}, when the change starts: the earliest that brings it in starts on ${isoDay(first)}`;
};

/** Refuses names that nothing in the record or in the same command could stand for. */
export const checkReferences = (
  change: DecidedChange,
  at: Path,
  scene: Scene,
): readonly Rejection[] => {
  const all = references(change);
  const pools = [scene.state.known, scene.coming];
  const early = all
    .filter((reference) => reference.when === 'start' && isNamed(reference, pools))
    .flatMap((reference) => {
      const when = tooEarly(reference, change, scene);
      return when === undefined ? [] : [missing(reference, at, { when, nearest: '' })];
    });
  return [...checkNames(all, at, pools), ...early];
};

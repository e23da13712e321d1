import { describe, expect, test } from 'vitest';
import type { Day } from '#events/days.ts';
import type { Edtf } from '#events/edtf.ts';
import { diffStates } from '#projections/diff/terms.ts';
import type { AgreementState, OverlayState, PendingChange } from '#projections/state.ts';
import { change, EMPTY, edge, inForce, revision, summary, term, withTerms } from './states.ts';

const entries = (from: AgreementState, to: AgreementState) => diffStates(from, to).entries;
const summaries = (from: AgreementState, to: AgreementState) => entries(from, to).map(summary);

const RENT = inForce('rent', {
  heading: 'Rent',
  prose: 'Rent is due on the first day of a month.',
});
const USE = inForce('use', { heading: 'Use', prose: 'The tenant may use the yard.' });
const TERM = inForce('term', { heading: 'Term', prose: 'The lease runs for ten years.' });
const NEW = inForce('new', { kind: 'OTHER', prose: 'Pets are welcome in the building.' });

describe('coming and going', () => {
  test('a new term is ADDED, all its words inserted', () => {
    const [entry] = entries(withTerms([RENT]), withTerms([RENT, NEW]));
    expect(entry).toMatchObject({
      kind: 'ADDED',
      from: [],
      to: [NEW],
      words: [{ op: 'INSERT', text: NEW.value.prose }],
      causedBy: ['new/add'],
      takes: [{ termId: 'new', after: 'rent' }],
    });
  });

  test('a term that a change took away is REMOVED, by that change', () => {
    const ended = [
      {
        termId: term('use'),
        standing: 'REMOVED',
        causedBy: change('cut'),
        successors: [],
      } as const,
    ];
    const [entry, ...more] = entries(withTerms([RENT, USE]), withTerms([RENT], { ended }));
    expect(entry).toMatchObject({ kind: 'REMOVED', from: [USE], to: [], causedBy: ['cut'] });
    expect(more).toEqual([]);
  });

  test.each(['EXPIRED', 'TERMINATED', 'VOIDED'] as const)(
    'a term that is %s has another standing; its words were not deleted',
    (standing) => {
      const ended = [
        { termId: term('use'), standing, causedBy: change('end'), successors: [] } as const,
      ];
      const [entry] = entries(withTerms([RENT, USE]), withTerms([RENT], { ended }));
      expect(entry).toMatchObject({
        kind: 'STANDING_CHANGED',
        standing: { old: 'IN_FORCE', new: standing },
        words: [],
        causedBy: ['end'],
      });
    },
  );

  test('what is gone stands at the place of its old neighbour', () => {
    const from = withTerms([TERM, RENT, USE]);
    expect(summaries(from, withTerms([NEW, TERM]))).toEqual([
      'ADDED >new',
      'REMOVED rent>',
      'REMOVED use>',
    ]);
  });
});

describe('lineage', () => {
  const OFFICES = inForce('offices', { prose: 'Offices may be used by day.' });
  const YARD = inForce('yard', { prose: 'The yard may be used at any time.' });

  test('one term in the place of one is REPLACED', () => {
    const lineage = [edge('use', 'yard', 'swap')];
    const [entry, ...more] = entries(withTerms([RENT, USE]), withTerms([RENT, YARD], { lineage }));
    expect(entry).toMatchObject({
      kind: 'REPLACED',
      matchedBy: 'LINEAGE',
      from: [USE],
      to: [YARD],
      causedBy: ['swap', 'yard/add'],
    });
    expect(more).toEqual([]);
  });

  test('a replacement of a replacement in between is one REPLACED', () => {
    const lineage = [edge('use', 'gone', 'first'), edge('gone', 'yard', 'second')];
    const [entry, ...more] = entries(withTerms([USE]), withTerms([YARD], { lineage }));
    expect(entry?.kind).toBe('REPLACED');
    expect(entry?.causedBy.slice(0, 2)).toEqual(['first', 'second']);
    expect(more).toEqual([]);
  });

  test('one term in several is SPLIT, several in one are MERGED', () => {
    const lineage = [edge('use', 'yard', 'cut'), edge('use', 'offices', 'cut')];
    const [one, many] = [withTerms([USE]), withTerms([YARD, OFFICES], { lineage })];
    expect(summaries(one, many)).toEqual(['SPLIT use>yard+offices']);
    const merged = [edge('yard', 'use', 'join'), edge('offices', 'use', 'join')];
    expect(summaries(withTerms([YARD, OFFICES]), withTerms([USE], { lineage: merged }))).toEqual([
      'MERGED yard+offices>use',
    ]);
  });

  test('a term that stays when another comes out of it is SPLIT too', () => {
    const lineage = [edge('use', 'use', 'cut'), edge('use', 'yard', 'cut')];
    expect(summaries(withTerms([USE]), withTerms([USE, YARD], { lineage }))).toEqual([
      'SPLIT use>use+yard',
    ]);
  });

  test('lineage that both states know of has happened before', () => {
    const lineage = [edge('use', 'yard', 'long ago')];
    expect(summaries(withTerms([USE, YARD], { lineage }), withTerms([USE], { lineage }))).toEqual([
      'REMOVED yard>',
    ]);
  });

  test('looking back in time, the successor is REPLACED by what it came from', () => {
    const later = withTerms([YARD], { lineage: [edge('use', 'yard', 'swap')] });
    expect(summaries(later, withTerms([USE]))).toEqual(['REPLACED yard>use']);
  });
});

describe('structure', () => {
  const PROSE =
    'The supplier shall deliver all goods to the place named in the order and bears every risk until the buyer has taken them over.';
  const OLD = inForce('delivery', { prose: PROSE });

  test('the same kind and nearly the same prose under another id belong together', () => {
    const renamed = inForce('delivery.goods', { prose: PROSE.replace('named in', 'given in') });
    const [entry] = entries(withTerms([OLD]), withTerms([renamed]));
    expect(entry).toMatchObject({ kind: 'REPLACED', matchedBy: 'STRUCTURE' });
  });

  test('another kind, or other words, do not', () => {
    const otherKind = inForce('x', { kind: 'RISK', prose: PROSE });
    const otherText = inForce('x', { prose: `${PROSE} ${NEW.value.prose} ${USE.value.prose}` });
    for (const other of [otherKind, otherText]) {
      expect(entries(withTerms([OLD]), withTerms([other])).length).toBe(2);
    }
  });

  test('of two equally good candidates neither is taken', () => {
    const twins = [inForce('x', { prose: PROSE }), inForce('y', { prose: PROSE })];
    expect(summaries(withTerms([OLD]), withTerms(twins))).toEqual([
      'REMOVED delivery>',
      'ADDED >x',
      'ADDED >y',
    ]);
  });
});

describe('a term that both have', () => {
  const amended = (told: object, more: object = {}) =>
    withTerms([inForce('rent', { ...RENT.value, ...told }, more)]);
  const kinds = (from: AgreementState, to: AgreementState) =>
    entries(from, to).map(({ kind }) => kind);

  test('other words, another heading or another fact: AMENDED', () => {
    const from = withTerms([RENT]);
    expect(kinds(from, amended({ prose: 'Rent is due.' }))).toEqual(['AMENDED']);
    expect(kinds(from, amended({ heading: 'Payment' }))).toEqual(['AMENDED']);
    expect(kinds(from, amended({ facts: { late: { flag: true } } }))).toEqual(['AMENDED']);
  });

  test('the number alone: RENUMBERED, and not material', () => {
    const [entry] = entries(amended({ number: '4' }), amended({ number: '5' }));
    expect(entry).toMatchObject({
      kind: 'RENUMBERED',
      fields: [{ name: 'number', old: '4', new: '5' }],
      words: [],
      material: [],
    });
  });

  test('a date among the facts alone, or the day it came in: DATE_CHANGED', () => {
    const until = (date: string) => amended({ facts: { until: { date: date as Edtf } } });
    const [entry] = entries(until('2030-01-01'), until('2030-03-01'));
    expect(entry).toMatchObject({ kind: 'DATE_CHANGED', facts: [{ delta: { days: 59 } }] });
    const since = (day: string) => amended({}, { inForceSince: day as Day });
    const [later] = entries(since('2025-01-01'), since('2025-02-01'));
    expect(later).toMatchObject({
      kind: 'DATE_CHANGED',
      dates: [{ what: 'IN_FORCE_SINCE', old: '2025-01-01', new: '2025-02-01', days: 31 }],
    });
  });

  test('a waiver: SUSPENDED, and RESUMED when it is gone; both by the waiver', () => {
    const overlays: readonly OverlayState[] = [
      { overlayId: 'w', kind: 'WAIVER', changeId: change('waive') },
    ];
    const waived = withTerms([{ ...RENT, applies: false, overlays }]);
    const [there] = entries(withTerms([RENT]), waived);
    const [back] = entries(waived, withTerms([RENT]));
    expect(there).toMatchObject({ kind: 'SUSPENDED', causedBy: ['waive'], words: [] });
    expect(back).toMatchObject({ kind: 'RESUMED', causedBy: ['waive'] });
  });

  test('waived and amended at once are two entries', () => {
    const to = amended({ prose: 'Rent is due.' }, { applies: false });
    expect(kinds(withTerms([RENT]), to)).toEqual(['AMENDED', 'SUSPENDED']);
  });

  test('another place: MOVED, for as few terms as can be', () => {
    const [from, to] = [withTerms([RENT, USE, TERM]), withTerms([TERM, RENT, USE])];
    const [entry, ...more] = entries(from, to);
    expect(entry).toMatchObject({
      kind: 'MOVED',
      to: [TERM],
      leaves: [{ termId: 'term', after: 'use' }],
      takes: [{ termId: 'term' }],
    });
    expect(more).toEqual([]);
  });

  test('a doubt about the day: another standing, certain no more', () => {
    const [entry] = entries(withTerms([RENT]), withTerms([{ ...RENT, certain: false }]));
    expect(entry).toMatchObject({
      kind: 'STANDING_CHANGED',
      certain: { old: true, new: false },
    });
  });

  test('affirmations, evidence, and a restatement in the same words make no difference', () => {
    const to = withTerms([
      {
        ...RENT,
        lastAffirmed: '2025-01-01' as Day,
        evidence: 'INFERRED',
        causedBy: [change('new')],
      },
    ]);
    expect(entries(withTerms([RENT]), to)).toEqual([]);
  });
});

describe('the agreement itself', () => {
  test('its standing, its end and the start of a change still to come stand first and last', () => {
    const pending = (day: string): PendingChange => ({
      changeId: change('next'),
      instrumentId: 'paper' as never,
      standing: 'SCHEDULED',
      terms: [],
      earliest: day as Day,
      latest: day as Day,
      conditions: [],
    });
    const from = { ...EMPTY, endsOn: '2030', scheduled: [pending('2026-01-01')] };
    const to = withTerms([RENT], {
      endsOn: '2031',
      standing: 'TERMINATED',
      scheduled: [pending('2026-01-11')],
    });
    const found = entries(from, to);
    expect(found.map(({ kind }) => kind)).toEqual([
      'STANDING_CHANGED',
      'DATE_CHANGED',
      'ADDED',
      'DATE_CHANGED',
    ]);
    expect(found[0]?.standing).toEqual({ old: 'IN_FORCE', new: 'TERMINATED' });
    expect(found[1]?.dates).toEqual([{ what: 'ENDS_ON', old: '2030', new: '2031', days: 365 }]);
    expect(found[3]?.dates).toMatchObject([{ what: 'STARTS', changeId: 'next', days: 10 }]);
  });
});

describe('CORRECTED', () => {
  const told = (prose: string, ...causedBy: string[]) =>
    inForce('rent', { prose }, { causedBy: causedBy.map(change) });

  test('a difference is a correction when the records disagree about what caused it', () => {
    const from = withTerms([told('30 days', 'c1')]);
    const to = withTerms([told('60 days', 'c1')], { revised: [revision('c1')] });
    const [entry] = entries(from, to);
    expect(entry).toMatchObject({
      kind: 'CORRECTED',
      effect: 'AMENDED',
      causedBy: ['c1'],
      revisions: [{ changeId: 'c1', how: 'CORRECTED' }],
    });
  });

  test('a correction that both records know of explains nothing', () => {
    const revised = [revision('c1')];
    const from = withTerms([told('30 days', 'c1')], { revised });
    const to = withTerms([told('60 days', 'c1', 'c2')], { revised });
    expect(entries(from, to)).toMatchObject([{ kind: 'AMENDED', causedBy: ['c2'] }]);
  });

  test('an amendment above a corrected change is an amendment, and the correction is named', () => {
    const from = withTerms([told('30 days', 'c1')]);
    const to = withTerms([told('90 days', 'c1', 'c2')], { revised: [revision('c1')] });
    expect(entries(from, to)).toMatchObject([
      { kind: 'AMENDED', causedBy: ['c2', 'c1'], revisions: [{ changeId: 'c1' }] },
    ]);
  });

  test('what was only waiting for its day is no correction, whatever was corrected beneath it', () => {
    const next: PendingChange = {
      changeId: change('c2'),
      instrumentId: 'paper' as never,
      standing: 'SCHEDULED',
      terms: [],
      conditions: [],
    };
    const from = withTerms([told('30 days', 'c1')], { scheduled: [next] });
    const to = withTerms([told('90 days', 'c2')], {
      revised: [revision('c1')],
      lineage: [edge('x', 'y', 'c1')],
    });
    expect(entries(from, to)).toMatchObject([{ kind: 'AMENDED', revisions: [{ changeId: 'c1' }] }]);
  });

  test('what a retraction brings to light is corrected', () => {
    const from = withTerms([told('60 days', 'c2')]);
    const to = withTerms([told('30 days', 'c1')], { revised: [revision('c2', 'RETRACTED')] });
    expect(entries(from, to)).toMatchObject([{ kind: 'CORRECTED', effect: 'AMENDED' }]);
  });

  test('a term whose coming was retracted goes as CORRECTED', () => {
    const to = withTerms([], { revised: [revision('use/add', 'RETRACTED')] });
    expect(entries(withTerms([USE]), to)).toMatchObject([{ kind: 'CORRECTED', effect: 'REMOVED' }]);
  });

  test('what one record did not know of at all is new, even if it was corrected since', () => {
    const to = withTerms([USE], { revised: [revision('use/add')] });
    expect(entries(withTerms([]), to)).toMatchObject([{ kind: 'ADDED' }]);
  });
});

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aHarbour } from './harbour.ts';

const AGREEMENT = fileURLToPath(new URL('../../agreements/microsoft-openai.yaml', import.meta.url));

type Said = {
  readonly change: { readonly changeId: string; readonly evidence: string };
  readonly verdict: string;
  readonly reasons: readonly { readonly rule: string }[];
};

/** A log with the bundled agreement, and what `explain` says of it as JSON. */
const aDeal = async () => {
  const { cli } = await aHarbour(false);
  expect(await cli(`record ${AGREEMENT}`)).toMatchObject({ code: 0 });
  const explained = async (term: string, flags: string) => {
    const { out, err } = await cli(`explain microsoft-openai ${term} ${flags} --json`);
    expect(err).toBe('');
    const { explanation, blame } = JSON.parse(out);
    return {
      blame,
      explanation,
      whole: explanation.reasons.map(({ rule }: { rule: string }) => rule),
      changes: explanation.changes as readonly Said[],
    };
  };
  return { cli, explained };
};

const REMOVAL = /removeTerm:ip\.agi-clause/;

describe('codicil explain', () => {
  it('E9: a claim against the clause alters nothing, and the one that came true ended it', async () => {
    const { explained } = await aDeal();
    const open = await explained('ip.agi-clause', '--on 2025-01-01');
    expect(open.whole).toContain('PREVAILS');
    expect(open.whole).toContain('CLAIM_ALTERS_NOTHING');
    const gone = await explained('ip.agi-clause', '--on 2026-05-01');
    expect(gone.whole[0]).toBe('REMOVED');
    const ender = gone.changes.find(({ verdict }) => verdict === 'WON');
    expect(ender).toMatchObject({ change: { evidence: 'INFERRED' } });
    expect(ender?.change.changeId).toMatch(REMOVAL);
    expect(gone.explanation.claims).toContainEqual(
      expect.objectContaining({ outcome: 'CONFIRMED', leadTimeDays: 507 }),
    );
  });

  it('E9: the memorandum of 2025-09-11 changes no explanation', async () => {
    const { explained } = await aDeal();
    const before = await explained('compute.rofr', '--on 2025-09-10');
    const after = await explained('compute.rofr', '--on 2025-09-20');
    expect(after.changes).toEqual(before.changes);
    expect(after.blame).toEqual(before.blame);
  });

  it('E9: what replaced the exclusivity is removed, and the exclusivity stays replaced', async () => {
    const { explained } = await aDeal();
    const rofr = await explained('compute.rofr', '--on 2025-11-15');
    expect(rofr.whole[0]).toBe('REMOVED');
    expect(rofr.explanation.ended.standing).toBe('REMOVED');
    const exclusivity = await explained('compute.exclusivity', '--on 2025-11-15');
    expect(exclusivity.whole[0]).toBe('REPLACED');
    expect(exclusivity.explanation.ended.successors).toEqual(['compute.rofr']);
  });

  it('prints whose words are whose, with papers and sources', async () => {
    const { cli } = await aDeal();
    const { out } = await cli('explain microsoft-openai compute.rofr --on 2025-03-01');
    expect(out).toMatch(/^compute\.rofr {2}RIGHT_OF_FIRST_REFUSAL\non 2025-03-01 · known at/);
    expect(out).toContain('Not applied\n\n - “The definitive agreement of October 2025”');
    expect(out).toMatch(
      /source: Microsoft, “Microsoft and OpenAI evolve partnership.*\n? *.*PARTY_STATEMENT/,
    );
    expect(out).toMatch(
      /Where the words come from\n {2}“Microsoft and OpenAI evolve partnership”\n/,
    );
  });

  it('assumes what it is told to, and only then', async () => {
    const { cli, explained } = await aDeal();
    const line = 'ip.agi-clause --on 2025-01-01';
    const before = await explained('ip.agi-clause', '--on 2025-01-01');
    const assumed = await explained(
      'ip.agi-clause',
      '--on 2025-01-01 --assume claim:agi-clause-removal',
    );
    expect(assumed.whole[0]).toBe('REMOVED');
    expect(assumed.changes.find(({ verdict }) => verdict === 'WON')?.change.changeId).toBe(
      'agi-clause-removal/1',
    );
    expect(await explained('ip.agi-clause', '--on 2025-01-01')).toEqual(before);
    const { out } = await cli(`explain microsoft-openai ${line} --assume claim:agi-clause-removal`);
    expect(out).toContain('assuming {"claims":["agi-clause-removal"]}');
  });

  it('names the nearest term where none is called so', async () => {
    const { cli } = await aDeal();
    const { code, err } = await cli('explain microsoft-openai compute.rfor');
    expect(code).toBe(3);
    expect(err).toBe('codicil: No record names a term compute.rfor. Did you mean compute.rofr?\n');
  });
});

describe('codicil lineage', () => {
  it('shows what a term came from and went into, with days and words', async () => {
    const { cli } = await aDeal();
    const { out } = await cli('lineage microsoft-openai compute.exclusivity');
    expect(out).toMatch(/^compute\.exclusivity {2}2019-07-22 to 2025-01-21\n/);
    expect(out).toContain('Came from\n  compute.primary  2016-11-15 to 2019-07-22\n');
    expect(out).toContain('Went into\n  compute.rofr  2025-01-21 to 2025-10-28\n');
    expect(out).toMatch(
      /words: \d+ % of compute\.exclusivity kept, \d+ % of compute\.rofr taken over/,
    );
    expect((await cli('lineage microsoft-openai compute.rofl')).err).toContain('Did you mean');
  });
});

describe('codicil claims and sources', () => {
  it('show one claim’s record', async () => {
    const { cli } = await aDeal();
    const { out } = await cli('claims microsoft-openai agi-clause-removal --on 2026-05-01');
    expect(out).toContain(
      'agi-clause-removal  CONFIRMED, was open for 507 days, about ip.agi-clause\n',
    );
    expect(out).toContain('REPORTED  2024-12-06 by Financial Times as RUMOURED\n');
    expect(out).toMatch(/CONFIRMED {2}2026-04-27, after 507 days\n/);
    const open = await cli('claims microsoft-openai agi-clause-removal --on 2025-01-05');
    expect(open.out).toContain('agi-clause-removal  open for 30 days');
    const { code, err } = await cli('claims microsoft-openai agi-clause-remova');
    expect(code).toBe(3);
    expect(err).toContain('Did you mean agi-clause-removal?');
  });

  it('show what became of the claims of each source', async () => {
    const { cli } = await aDeal();
    const { sources } = JSON.parse((await cli('sources --on 2026-05-01 --json')).out);
    const { claims } = JSON.parse(
      (await cli('claims microsoft-openai --on 2026-05-01 --json')).out,
    );
    const reported = sources.map(({ reported: many }: { reported: number }) => many);
    expect(reported.reduce((sum: number, many: number) => sum + many, 0)).toBe(claims.length);
    const { out } = await cli('sources --by publisher --on 2026-05-01');
    expect(out).toMatch(/^known at .* log position \d+\nsource +reported +confirmed/);
    expect((await cli('sources --on 2000-01-01')).out).toContain('None.');
    expect((await cli('sources --by nobody')).code).toBe(2);
  });
});

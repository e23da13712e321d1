import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer } from '../ask-server.ts';
import { start } from '../cli/serving.ts';

const folder = mkdtempSync(join(tmpdir(), 'codicil-flagship-'));
let server: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  server = await start(join(folder, 'codicil.db'));
});
afterAll(async () => {
  server.end('SIGINT');
  await server.ended;
  rmSync(folder, { recursive: true });
});

const STATE = `{
  terms { termId kind prose facts { name text } inForceSince }
  ended { termId standing causedBy { evidence } }
  consents { consentId subject since }
  claims { reportedAt open outcome leadTimeDays about stage }
}`;

type Term = { readonly termId: string; readonly inForceSince: string };
type Claim = {
  readonly reportedAt: string;
  readonly about: readonly string[];
  readonly open: boolean;
};

const on = async (day: string) => {
  const query = `{ agreement(id: "microsoft-openai") { state(at: { effectiveOn: "${day}" }) ${STATE} } }`;
  return (await askServer(server.address, query)).agreement.state;
};
const idsOn = async (day: string): Promise<readonly string[]> =>
  (await on(day)).terms.map(({ termId }: Term) => termId);
const againstAgi = (claims: readonly Claim[]): readonly Claim[] =>
  claims.filter(({ about }) => about.includes('ip.agi-clause'));
const DAY_MS = 86_400_000;

describe('E9 the flagship history, on a server that recorded it at its first start', () => {
  it('has on 2025-01-01 the AGI clause in force, and one open claim against it', async () => {
    const state = await on('2025-01-01');
    expect(state.terms).toContainEqual(expect.objectContaining({ termId: 'ip.agi-clause' }));
    expect(againstAgi(state.claims).filter(({ open }) => open)).toMatchObject([
      { reportedAt: '2024-12-06' },
    ]);
  });

  it('has on 2025-03-01 the right of first refusal, and the consent to own capacity', async () => {
    const state = await on('2025-03-01');
    const ids = state.terms.map(({ termId }: Term) => termId);
    expect(ids).toContain('compute.rofr');
    expect(ids).not.toContain('compute.exclusivity');
    expect(state.consents).toContainEqual(expect.objectContaining({ since: '2025-01-21' }));
  });

  it('is on 2025-09-20 as before the memorandum of 2025-09-11', async () => {
    const [before, after] = [await on('2025-09-10'), await on('2025-09-20')];
    expect(after.terms).toEqual(before.terms);
    expect(after.consents).toEqual(before.consents);
  });

  it('has on 2025-11-15 neither the right, which lived 280 days, nor the exclusivity back', async () => {
    const ids = await idsOn('2025-11-15');
    expect(ids).not.toContain('compute.rofr');
    expect(ids).not.toContain('compute.exclusivity');
    const { terms } = await on('2025-10-27');
    const rofr = terms.find(({ termId }: Term) => termId === 'compute.rofr');
    const lived = (Date.parse('2025-10-28') - Date.parse(rofr.inForceSince)) / DAY_MS;
    expect(lived).toBe(280);
    expect(await idsOn('2025-10-28')).not.toContain('compute.rofr');
  });

  it('has by 2026-05-01 the claim of 2024-12-06 confirmed after 507 days, on inferred evidence', async () => {
    const state = await on('2026-05-01');
    expect(againstAgi(state.claims)).toContainEqual(
      expect.objectContaining({
        reportedAt: '2024-12-06',
        open: false,
        outcome: 'CONFIRMED',
        leadTimeDays: 507,
      }),
    );
    const gone = state.ended.find(({ termId }: Term) => termId === 'ip.agi-clause');
    expect(gone.causedBy.evidence).toBe('INFERRED');
  });
});

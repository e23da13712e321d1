import { describe, expect, it } from 'vitest';
import { openTestApp } from '../app/open-test-app.ts';

const findingsAfter = async (dates: readonly string[]) => {
  await using house = await openTestApp('2026-01-01T00:00:00Z');
  await house.record('RecordAgreement', {
    agreement: 'policy',
    title: 'Policy',
    timeZone: 'UTC',
    parties: [{ partyId: 'publisher', name: 'Publisher' }],
  });
  for (const [i, announcedAt] of dates.entries()) {
    await house.record('RecordInstrument', {
      agreement: 'policy',
      instrument: {
        id: `v${i + 1}`,
        kind: 'DOCUMENT_VERSION',
        title: `Version ${i + 1}`,
        announcedAt,
        sourceOrder: i + 1,
      },
      changes: [],
    });
  }
  const answer = await house.app.views.stateAt('policy', {});
  return answer?.state.findings.filter(({ code }) => code === 'SOURCE_ORDER') ?? [];
};

describe('the order of a source', () => {
  it('that its dates follow is nothing to report, two versions of one moment included', async () => {
    const dates = ['2020-01-01', '2020-01-02T10:00:00Z', '2020-01-02T10:00:00Z', '2021'];
    expect(await findingsAfter(dates)).toEqual([]);
  });

  it('that its dates contradict is one finding that names the versions', async () => {
    const dates = ['2020-01-01', '2022-01-01', '2021-01-01T00:00:00Z', '2020-06', '2023-01-01'];
    const [finding, ...others] = await findingsAfter(dates);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ changes: [], terms: [] });
    expect(finding?.message).toMatch(/^v3, v4 stand behind/);
  });
});

it('is no contradiction where versions of one day say different things', async () => {
  await using house = await openTestApp('2026-01-01T00:00:00Z');
  await house.record('RecordAgreement', {
    agreement: 'policy',
    title: 'Policy',
    timeZone: 'UTC',
    parties: [{ partyId: 'publisher', name: 'Publisher' }],
  });
  const versions = ['a', 'b', 'c'].map((prose, i) => ({
    id: `v${i}`,
    kind: 'DOCUMENT_VERSION',
    title: 'Version',
    announcedAt: '2020-01-01',
    sourceOrder: i + 1,
    changes:
      i === 0
        ? [{ addTerm: { termId: 'text', kind: 'SECTION', prose } }]
        : [{ amendTerm: { termId: 'text', values: { prose } } }],
  }));
  for (const { changes, ...instrument } of versions) {
    await house.record('RecordInstrument', { agreement: 'policy', instrument, changes });
  }
  const state = (await house.app.views.stateAt('policy', {}))?.state;
  expect(state?.terms[0]?.value.prose).toBe('c');
  expect(state?.findings).toEqual([]);
});

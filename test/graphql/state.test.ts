import { parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf as textInFile } from '../render/docx.ts';
import { classed, find, textOf } from '../render/html.ts';
import { openTestServer, type TestServer } from '../server/test-server.ts';
import { DEAL } from './deal.ts';

let deal: TestServer;
beforeAll(async () => {
  deal = await openTestServer();
  deal.at('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await deal.record(type, input);
});
afterAll(() => deal[Symbol.asyncDispose]());

const BASIS = `basis { effectiveOn knownAt position knowledge executedBy uncertain projection digest
  assume { scheduled prospective claims } coverage { from observedThrough stale gap { reason } } }`;
const STATE = `title standing timeZone empty parties { partyId name role }
  terms { termId kind heading prose standing evidence inForceSince applies certain lastAffirmed
    facts { name kind text amount currency percent value unit date duration party flag }
    causedBy { changeId type standing effectiveFrom waitsFor { longStop } instrument { instrumentId title executedAt announcedAt sources { title url grade } } }
    overlays { overlayId } }
  consents { consentId by to subject since causedBy { changeId } } rights { outcome }
  claims { claimId stage open outcome statement leadTimeDays resolvedBy { changeId } about }
  scheduled { changeId } prospective { changeId standing conditions change { waitsFor { onConditions { conditionId } } } } lapsed { changeId }
  ended { termId standing successors causedBy { changeId } } lineage { from to }
  possibly { changeId what terms } findings { code message changes } revised { how } ${BASIS}`;
const AS_OF = `query AsOf($at: QuestionInput) { agreement(id: "cloud-deal") { id state(at: $at) { ${STATE} } } }`;

const state = async (at: object) => (await deal.ask(AS_OF, { at })).body.data.agreement.state;

describe('the state of an agreement', () => {
  it('names each term with its paper and its sources', async () => {
    const { terms } = await state({ effectiveOn: '2025-02-01' });
    expect(terms.map((term: { termId: string }) => term.termId)).toEqual([
      'compute.rofr',
      'ip.agi-clause',
    ]);
    expect(terms[0]).toMatchObject({
      kind: 'RIGHT_OF_FIRST_REFUSAL',
      standing: 'IN_FORCE',
      evidence: 'PARTY_STATEMENT',
      inForceSince: '2025-01-21',
      causedBy: [
        {
          changeId: 'first-refusal/replaceTerms:compute.exclusivity',
          type: 'TermsReplaced',
          instrument: {
            title: 'Partnership evolves',
            executedAt: '2025-01-21',
            sources: [{ url: 'https://example.org/blog', grade: 'PARTY_STATEMENT' }],
          },
        },
      ],
    });
  });

  it('lists what lies beside the terms: what ended, waits, was permitted, is said', async () => {
    expect(await state({ effectiveOn: '2025-02-01' })).toMatchObject({
      standing: 'IN_FORCE',
      ended: [
        {
          termId: 'compute.exclusivity',
          standing: 'REPLACED',
          successors: ['compute.rofr'],
          causedBy: { changeId: 'first-refusal/replaceTerms:compute.exclusivity' },
        },
      ],
      lineage: [{ from: 'compute.exclusivity', to: 'compute.rofr' }],
      consents: [{ consentId: 'own', by: 'cloud', to: ['lab'], since: '2025-01-21' }],
      prospective: [
        {
          conditions: ['approval'],
          change: { waitsFor: { onConditions: [{ conditionId: 'approval' }] } },
        },
      ],
      claims: [{ claimId: 'agi-rumour', stage: 'RUMOURED', open: true, about: ['ip.agi-clause'] }],
    });
  });

  it('shows a fact of every type in the field of its type, and as a text', async () => {
    const { terms } = await state({ effectiveOn: '2024-01-01' });
    const facts = Object.fromEntries(
      terms[0].facts.map((fact: { name: string }) => [fact.name, fact]),
    );
    expect(facts).toMatchObject({
      price: { kind: 'MONEY', text: '100 USD', amount: '100', currency: 'USD', percent: null },
      cap: { kind: 'PERCENT', text: '20 %', percent: '20' },
      notice: { kind: 'QUANTITY', text: '60 days', value: '60', unit: 'days' },
      ends: { kind: 'DATE', text: '2030', date: '2030' },
      term: { kind: 'DURATION', duration: 'P10Y' },
      payer: { kind: 'PARTY', party: 'lab' },
      renews: { kind: 'FLAG', text: 'true', flag: true },
      note: { kind: 'TEXT', text: 'as amended' },
    });
  });

  it.each([
    { effectiveOn: '2025-02-01' },
    { effectiveOn: '2024-06-01', knownAt: '2025-02-28', knowledge: 'PUBLIC' },
    { effectiveOn: '2025-02-01', executedBy: '2024-12-31', uncertain: 'LATEST' },
    { assume: { prospective: true, claims: ['agi-rumour'] } },
    { tag: 'signing' },
    { version: 1 },
  ])('asked at $effectiveOn $tag $version, gives the same bytes for its own basis', async (at) => {
    await deal.record('TagPoint', {
      agreement: 'cloud-deal',
      tag: 'signing',
      effectiveOn: '2025-01-21',
    });
    const first = await deal.ask(AS_OF, { at });
    const { basis } = first.body.data.agreement.state;
    const { projection, digest, coverage, ...coordinates } = basis;
    await deal.record('StateCoverage', {
      agreement: 'cloud-deal',
      from: '2022-01-01',
      observedThrough: '2025-07-30',
    });
    expect((await deal.ask(AS_OF, { at: coordinates })).text).toBe(first.text);
  });

  it('is null for an agreement that nobody recorded', async () => {
    const { body } = await deal.ask('{ agreement(id: "no\\u0000thing/..") { id } }');
    expect(body).toEqual({ data: { agreement: null } });
  });

  it('is not told for a question without form: every mistake is named with its path', async () => {
    const { body, status } = await deal.ask(AS_OF, {
      at: { effectiveOn: '2025-02-30', knownAt: 'yesterday', version: 0 },
    });
    expect(status).toBe(200);
    expect(body.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_QUESTION',
      issues: [{ path: ['effectiveOn'] }, { path: ['knownAt'] }, { path: ['version'] }],
    });
  });

  it.each([
    [{ version: 99 }, 'NO_SUCH_VERSION'],
    [{ tag: 'nowhere' }, 'NO_SUCH_TAG'],
    [{ knownAt: '2026-01-01' }, 'KNOWN_AT_NOT_REACHED'],
    [{ version: 1, tag: 'signing' }, 'AMBIGUOUS_QUESTION'],
  ])('is refused for %j with %s', async (at, code) => {
    const { body } = await deal.ask(AS_OF, { at });
    expect(body.errors?.[0]?.extensions.code).toBe(code);
  });
});

describe('an agreement', () => {
  const one = async (selection: string) =>
    (await deal.ask(`{ agreement(id: "cloud-deal") { ${selection} } }`)).body.data.agreement;

  it('has versions along the days, each with what begins it', async () => {
    const { versions } = await one(
      'versions { versions { number from until changes { changeId } } basis { digest } }',
    );
    expect(versions.versions).toMatchObject([
      { number: 1, from: '2023-01-23', until: '2025-01-21' },
      {
        number: 2,
        until: null,
        changes: [{ changeId: 'first-refusal/replaceTerms:compute.exclusivity' }, {}],
      },
    ]);
  });

  it('has a timeline of its papers', async () => {
    const { timeline } = await one(
      'timeline { entries { instrument { instrumentId } changes { type } } }',
    );
    expect(timeline.entries).toMatchObject([
      { instrument: { instrumentId: 'original' } },
      {
        instrument: { instrumentId: 'first-refusal' },
        changes: [{ type: 'TermsReplaced' }, { type: 'ConsentGranted' }, { type: 'TermAdded' }],
      },
    ]);
  });

  it('has a history for each term, with its lineage', async () => {
    const { term, gone } = await one(
      `term(id: "compute.exclusivity") { spans { from until term { termId causedBy { changeId } } } successors predecessors }
       gone: term(id: "never") { termId }`,
    );
    expect(term).toMatchObject({
      spans: [
        { from: '2023-01-23', until: '2025-01-21', term: { causedBy: [{}] } },
        { from: '2025-01-21', until: null, term: null },
      ],
      successors: ['compute.rofr'],
      predecessors: [],
    });
    expect(gone).toBeNull();
  });

  it('has its claims, open or not', async () => {
    const { claims } = await one('claims { claims { claimId reportedAt } basis { position } }');
    expect(claims.claims).toEqual([{ claimId: 'agi-rumour', reportedAt: '2024-12-06' }]);
  });

  it('is printed as a conformed copy', async () => {
    const { state } = await one(
      'state(at: { effectiveOn: "2025-02-01" }) { markdown: copy(format: MARKDOWN) html: copy(format: HTML) docx: copy(format: DOCX) terms { prose } basis { digest } }',
    );
    const proses = find(parse(state.html), classed('prose')).map((prose) => textOf(prose, ['sup']));
    expect(proses).toEqual(
      state.terms.flatMap(({ prose }: { prose: string | null }) => prose ?? []),
    );
    expect(state.markdown).toContain(state.basis.digest);
    const file = Buffer.from(state.docx, 'base64');
    expect(textInFile(file, 'Prose', 'accepted')).toContain(state.terms[0].prose);
  });
});

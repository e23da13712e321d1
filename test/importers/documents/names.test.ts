import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementId } from '#events/values.ts';
import { freeId, idOfPath, idOfVersion, titleOf } from '#importers/documents/names.ts';

describe('the id of a document', () => {
  it.each([
    ['Policies/Terms of use.md', 'policies.terms-of-use'],
    ['privacy.html', 'privacy'],
    ['.spelling', 'spelling'],
    ['commonpaper-CSA.versions.jsonl', 'commonpaper-csa'],
    ['Étude/Règlement.docx', 'etude.reglement'],
  ])('is made of its path: %s', (path, id) => {
    expect(idOfPath(path)).toBe(id);
  });

  it('tells paths apart that have no letters for an id', () => {
    const [one, other] = [idOfPath('契約.md'), idOfPath('規約.md')];
    expect(one).not.toBe(other);
    expect(idOfPath('法/契約.md')).not.toBe(idOfPath('法/規約.md'));
  });

  it('is an id whatever the path, also with another before it or where it is taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (path) => {
        const id = idOfPath(path);
        expect(agreementId.safeParse(`pile.${id}`).success).toBe(true);
        expect(agreementId.safeParse(freeId(id, new Set([id]))).success).toBe(true);
        expect(agreementId.safeParse(idOfVersion(path)).success).toBe(true);
        expect(titleOf(path)).not.toMatch(/[\r\n\0]/);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { versionName } from '../../../src/importers/sources/version-name.ts';

describe('the name of a file', () => {
  it.each([
    ['MSA.docx', { document: 'MSA' }],
    ['MSA v3 signed.docx', { document: 'MSA', number: [3], stage: 4 }],
    ['MSA_2024-03-01.docx', { document: 'MSA', date: '2024-03-01' }],
    ['MSA (final) v2.docx', { document: 'MSA', number: [2], stage: 3 }],
    ['MSA v3.1 [clean].docx', { document: 'MSA', number: [3, 1], stage: 2 }],
    ['MSA (2).docx', { document: 'MSA', copy: 2 }],
    ['MSA v2 v3.docx', { document: 'MSA v2', number: [3] }],
    ['2024-03-01 MSA.docx', { document: 'MSA', date: '2024-03-01' }],
    ['a/NDA fully executed 20240229.pdf', { document: 'a/NDA', date: '2024-02-29', stage: 4 }],
    ['Lease Jan 2024 draft.docx', { document: 'Lease', date: '2024-01', stage: 0 }],
    ['Terms March 1, 2024.pdf', { document: 'Terms', date: '2024-03-01' }],
    ['Vertrag 01.03.2024.docx', { document: 'Vertrag', date: '2024-03-01' }],
    ['Terms 2023.md', { document: 'Terms', date: '2023' }],
    ['privacy-policy-v1.2.md', { document: 'privacy-policy', number: [1, 2] }],
    ['privacy/2024-03-01.md', { document: 'privacy', date: '2024-03-01' }],
    ['v3.md', { document: 'policies', number: [3] }],
    ['Signed Language.md', { document: 'Signed Language' }],
    ['Plan 2024-02-30.md', { document: 'Plan 2024-02-30' }],
    ['new\nline_v1.md', { document: 'new line', number: [1] }],
  ])('%j tells document, number, date and stage', (path, expected) => {
    expect(versionName(path, 'policies')).toEqual({ stage: 1, copy: 0, ...expected });
  });
});

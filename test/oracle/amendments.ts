/** Two versions of a real document, and how their redline reads to somebody who looked at it beside the other two. */
export type Amendment = {
  readonly name: string;
  readonly history: string;
  readonly path: string;
  /** The numbers of the versions. */
  readonly versions: readonly [from: number, to: number];
  readonly remark: string;
};

export const AMENDMENTS: readonly Amendment[] = [
  {
    name: 'Common Paper Mutual NDA, first public edits',
    history: 'commonpaper-Mutual-NDA',
    path: 'Mutual-NDA.md',
    versions: [1, 2],
    remark:
      'Reads as a lawyer would mark it: added words and changed marks alone. git repeats the word beside each changed comma.',
  },
  {
    name: 'Common Paper Cloud Service Agreement, to 1.0',
    history: 'commonpaper-CSA',
    path: 'CSA.md',
    versions: [1, 2],
    remark:
      'New sections are whole insertions and moved sentences are found; that the class of every tag changed is noise in all three.',
  },
  {
    name: 'Common Paper Cloud Service Agreement, to 2.0',
    history: 'commonpaper-CSA',
    path: 'CSA.md',
    versions: [3, 4],
    remark:
      'Sections that went and came stand as blocks, where git weaves them into each other over tags; renumbering and tags are still many small changes.',
  },
  {
    name: 'Basecamp privacy policy, summer 2022',
    history: 'basecamp-policies',
    path: 'privacy/index.md',
    versions: [33, 34],
    remark:
      'Rewritten paragraphs are one deletion and one insertion, smaller edits phrases; half-sentences that were kept elsewhere are told as moved, which some may find too many.',
  },
  {
    name: 'Basecamp (37signals) terms of service, January 2023',
    history: 'basecamp-policies',
    path: 'terms/index.md',
    versions: [34, 35],
    remark:
      'Reads well throughout: new clauses whole, dates and single words by themselves. git repeats the words around points and commas.',
  },
  {
    name: 'Basecamp privacy regulations, after Schrems II',
    history: 'basecamp-policies',
    path: 'privacy/regulations/index.md',
    versions: [4, 5],
    remark:
      'A rewritten page: paragraphs as blocks, eight passages found where they went. git and jsdiff thread the two texts together over words like “the” and “data”.',
  },
  {
    name: 'Code civil, article 375-3, law of 5 March 2007',
    history: 'code-civil',
    path: 'Livre Ier/Titre IX/Article 375-3.md',
    versions: [5, 6],
    remark:
      'The inserted numbers are whole, and the item that went up the list is told as moved. Half of the changes are ends of lines wrapped anew.',
  },
  {
    name: 'Code civil, article 363, law of 17 May 2013',
    history: 'code-civil',
    path: 'Livre Ier/Titre VIII/Article 363.md',
    versions: [3, 4],
    remark:
      'The words read well; two thirds of the changes are ends of lines wrapped anew, which git does not show.',
  },
  {
    name: 'GitHub privacy statement, February 2024',
    history: 'ota-demo',
    path: 'GitHub/Privacy Policy.md',
    versions: [10, 11],
    remark:
      'A new text, shown as blocks with what was kept told as moved; git leaves some 240 crumbs of one or two words.',
  },
  {
    name: 'Parship terms (in French), 2024',
    history: 'ota-dating-out-of-order',
    path: 'Parship/Terms of Service.md',
    versions: [10, 11],
    remark:
      'Other apostrophes, line breaks and addresses throughout make many small changes, each where it is; sentences that were rewritten are whole.',
  },
];

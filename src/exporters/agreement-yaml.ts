import { Document, isCollection, isMap, isPair, isScalar, isSeq, visit } from 'yaml';

/** Characters of a line; what is longer is folded or stands in a block. */
const WIDTH = 100;
/** The most that a list or map may take to stand on one line. */
const ON_ONE_LINE = 70;

const isFlat = (node: unknown): boolean =>
  isScalar(node) || (isPair(node) && isScalar(node.key) && isScalar(node.value));

const isShort = (value: unknown): boolean => JSON.stringify(value).length <= ON_ONE_LINE;

/** The outermost map, and lists of instruments and the like, stand in lines of their own. */
const onOneLine = (document: Document): void => {
  visit(document, {
    Collection(_key, node, path) {
      if (path.length > 2) node.flow = node.items.every(isFlat) && isShort(node.toJSON());
    },
  });
};

/** Blank lines before sections that are lists, and between their longer entries. */
const spaced = ({ contents }: Document): void => {
  const sections = isMap(contents) ? contents.items : [];
  for (const { key, value } of sections.filter((section) => isSeq(section.value))) {
    if (isScalar(key)) key.spaceBefore = true;
    const entries = isSeq(value) ? value.items.filter(isCollection) : [];
    for (const entry of entries.slice(1)) entry.spaceBefore = entry.flow !== true;
  }
};

/** Sections of an agreement file as YAML that people like to read. */
export const agreementYaml = (sections: { readonly [section: string]: unknown }): string => {
  const document = new Document(sections, { aliasDuplicateObjects: false });
  onOneLine(document);
  spaced(document);
  return document.toString({ lineWidth: WIDTH, blockQuote: 'literal', indentSeq: true });
};

/** A document for word processors (ISO/IEC 29500, transitional): its parts, and the archive that they lie in. */
import { strToU8, zipSync } from 'fflate';
import { STYLES } from './styles.ts';
import { element, xmlText } from './xml.ts';

export type DocxContent = {
  readonly title: string;
  /** Markup: paragraphs and tables. */
  readonly body: string;
  /** Markup: what stands at the foot of every page, before the page's number. */
  readonly footer: string;
  readonly footnotes: readonly string[];
};

const FORMATS = 'http://schemas.openxmlformats.org';
const WORD = `${FORMATS}/wordprocessingml/2006/main`;
const RELATED = `${FORMATS}/officeDocument/2006/relationships`;
const PACKAGE = `${FORMATS}/package/2006`;
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** What the document refers to: the part's file, and what it is to the document. */
const PARTS = ['styles', 'settings', 'footnotes', 'footer'] as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const NAMESPACES = { 'xmlns:w': WORD, 'xmlns:r': RELATED };

const CONTENT_TYPES = element(
  'Types',
  { xmlns: `${PACKAGE}/content-types` },
  element('Default', {
    Extension: 'rels',
    ContentType: `application/vnd.openxmlformats-package.relationships+xml`,
  }),
  element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
  element('Override', { PartName: '/word/document.xml', ContentType: `${TYPE}.document.main+xml` }),
  ...PARTS.map((part) =>
    element('Override', { PartName: `/word/${part}.xml`, ContentType: `${TYPE}.${part}+xml` }),
  ),
  element('Override', {
    PartName: '/docProps/core.xml',
    ContentType: 'application/vnd.openxmlformats-package.core-properties+xml',
  }),
);

const relationships = (...targets: readonly (readonly [type: string, target: string])[]): string =>
  element(
    'Relationships',
    { xmlns: `${PACKAGE}/relationships` },
    ...targets.map(([Type, Target], i) =>
      element('Relationship', { Id: `r${i + 1}`, Type, Target }),
    ),
  );

const OUTER = relationships(
  [`${RELATED}/officeDocument`, 'word/document.xml'],
  [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
);
const INNER = relationships(...PARTS.map((part) => [`${RELATED}/${part}`, `${part}.xml`] as const));

/** A4 with margins of an inch. */
const SECTION = `<w:sectPr><w:footerReference w:type="default" r:id="r${PARTS.indexOf('footer') + 1}"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>`;

/** The lines above footnotes have the numbers −1 and 0 by custom. */
const SEPARATORS = ['separator', 'continuationSeparator'];
const separators = (item: (type: string, id: number) => string): string =>
  SEPARATORS.map((type, i) => item(type, i - 1)).join('');

const SETTINGS = element(
  'w:settings',
  NAMESPACES,
  element(
    'w:footnotePr',
    {},
    separators((_, id) => element('w:footnote', { 'w:id': id })),
  ),
  element(
    'w:compat',
    {},
    element('w:compatSetting', {
      'w:name': 'compatibilityMode',
      'w:uri': 'http://schemas.microsoft.com/office/word',
      'w:val': 15,
    }),
  ),
);

const separator = (type: string, id: number): string =>
  `<w:footnote w:type="${type}" w:id="${id}"><w:p><w:r><w:${type}/></w:r></w:p></w:footnote>`;

const coreProperties = (title: string): string =>
  element(
    'cp:coreProperties',
    {
      'xmlns:cp': `${PACKAGE}/metadata/core-properties`,
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    },
    element('dc:title', {}, xmlText(title)),
    element('dc:creator', {}, 'Codicil'),
  );

/** A time within what archives can say, and without a zone: read as local time it is the same bytes everywhere. */
const NO_TIME = '1980-01-01T12:00:00';

/** The bytes of a .docx file; the same content gives the same bytes. */
export const docxFile = ({ title, body, footer, footnotes }: DocxContent): Uint8Array => {
  const files = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': OUTER,
    'docProps/core.xml': coreProperties(title),
    'word/document.xml': element('w:document', NAMESPACES, element('w:body', {}, body, SECTION)),
    'word/_rels/document.xml.rels': INNER,
    'word/styles.xml': STYLES,
    'word/settings.xml': SETTINGS,
    'word/footnotes.xml': element('w:footnotes', NAMESPACES, separators(separator), ...footnotes),
    'word/footer.xml': element('w:ftr', NAMESPACES, footer),
  };
  const bytes = Object.entries(files).map(([path, text]) => [path, strToU8(`${HEAD}${text}`)]);
  return zipSync(Object.fromEntries(bytes), { mtime: NO_TIME });
};

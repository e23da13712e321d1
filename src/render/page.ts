import { htmlText } from './html-text.ts';

const STYLE = `
:root { color-scheme: light dark; background: var(--paper); color: var(--ink); --paper: #fff; --ink: #111; --link: #0b4fb3;
  --gone: #a40e26; --come: #05662f; --moved: #5b3aa6; --line: #8888; }
@media (prefers-color-scheme: dark) { :root { --paper: #141414; --ink: #ececec; --link: #9ec1ff;
  --gone: #ff8f8f; --come: #7fd99a; --moved: #c5b0ff; } }
a { color: var(--link); }
body { font: 1rem/1.55 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, table, nav, .quiet, .kind { font-family: system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
article, section { border-top: 1px solid var(--line); padding: 1rem 0; }
.kind { font-size: .8rem; letter-spacing: .04em; } .quiet { font-size: .85rem; opacity: .85; }
table { border-collapse: collapse; font-size: .9rem; } caption { text-align: left; }
th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; vertical-align: top; }
.prose { white-space: pre-wrap; overflow-wrap: anywhere; margin: .75rem 0; }
del { color: var(--gone); text-decoration: line-through; } ins { color: var(--come); text-decoration: underline; }
.moved { color: var(--moved); text-decoration-style: double; } .moved a { color: inherit; }
del::before { content: " [deleted: "; } ins::before { content: " [inserted: "; }
del.moved::before { content: " [moved away: "; } ins.moved::before { content: " [moved here: "; }
del::after, ins::after { content: "] "; }
del::before, del::after, ins::before, ins::after
{ clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
.notice { border: 2px solid currentColor; font-family: system-ui, sans-serif; padding: .6rem .9rem; }
.remark { border-left: 4px solid var(--moved); font-family: system-ui, sans-serif; padding-left: .7rem; }
.changed { text-decoration: underline dotted; text-underline-offset: .2em; }
sup { line-height: 0; } h3 { font-size: 1rem; margin: 0 0 .5rem; }
:target { outline: 2px solid var(--moved); outline-offset: 2px; }
@media print {
  :root { --paper: #fff; --ink: #000; --link: #000; --moved: #000; }
  details::details-content { content-visibility: visible; display: block; }
  body { max-width: none; margin: 0; font-size: 11pt; } nav { display: none; }
  article { break-inside: avoid-page; } h1, h2, h3 { break-after: avoid; } del, ins, .moved { color: inherit; } ins { font-weight: bold; }
}`;

/** No script, nothing fetched: the page shows the same from a disk, in a mail and on paper. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A whole HTML page on its own. @param body markup */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
${body}
</body>
</html>
`;

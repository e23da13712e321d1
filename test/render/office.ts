/** LibreOffice, where it is installed: an independent reader of what we write. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PATIENCE_MS = 120_000;

/** Opens a document, settles its changes or leaves them, and stores it as something else. */
const MACRO = `
Sub Settle(source As String, target As String, filter As String, how As String)
  Dim none(0) As New com.sun.star.beans.PropertyValue
  none(0).Name = "Hidden"
  none(0).Value = True
  Dim document As Object
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, none())
  If how <> "leave" Then
    Dim dispatcher As Object
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & how & "AllTrackedChanges", "", 0, Array())
  End If
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "FilterName"
  args(0).Value = filter
  document.storeToURL(ConvertToURL(target), args())
  document.close(True)
End Sub`;

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"';

const FILES = {
  'script.xlb': `<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd"><library:library ${LIBRARY} library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Settling"/></library:library>`,
  'Settling.xba': `<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd"><script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settling" script:language="StarBasic">${MACRO.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</script:module>`,
};

const FILTERS = {
  txt: 'Text (encoded)',
  docx: 'MS Word 2007 XML',
  pdf: 'writer_pdf_Export',
} as const;

type Asked = {
  /** What is to become of the tracked changes; left as they are when absent. */
  readonly changes?: 'Accept' | 'Reject';
  readonly as: keyof typeof FILTERS;
};

/** An own LibreOffice with a folder that goes when it does. */
export const openOffice = async (program: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'codicil-office-'));
  const profile = join(folder, 'profile');
  const office = (...args: readonly string[]) =>
    run(program, [`-env:UserInstallation=${pathToFileURL(profile)}`, '--headless', ...args], {
      timeout: PATIENCE_MS,
    });
  // The first start makes the profile, and would put its own files in the place of ours.
  await office('--terminate_after_init');
  const basic = join(profile, 'user', 'basic', 'Standard');
  mkdirSync(basic, { recursive: true });
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(basic, path), XML + text);
  return {
    /** What LibreOffice makes of a .docx file. */
    convert: async (docx: Uint8Array, { changes, as }: Asked): Promise<Buffer> => {
      const [source, target] = [join(folder, 'in.docx'), join(folder, `out.${as}`)];
      writeFileSync(source, docx);
      rmSync(target, { force: true });
      const args = [source, target, FILTERS[as], changes ?? 'leave'].map((arg) => `"${arg}"`);
      await office('--norestore', `macro:///Standard.Settling.Settle(${args.join(',')})`);
      return await readFile(target);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

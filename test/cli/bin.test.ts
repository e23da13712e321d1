import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../store/folder.ts';

const script = fileURLToPath(new URL('../../bin/codicil.js', import.meta.url));

type Installed = 'nothing' | 'without node' | 'node without its binary' | 'node';

/** A clone with bin/codicil.js, a main that says what it was given, and so much installed. */
const clone = (installed: Installed): string => {
  const root = aFolder();
  mkdirSync(join(root, 'bin'));
  mkdirSync(join(root, 'src'));
  cpSync(script, join(root, 'bin', 'codicil.js'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(root, 'src', 'main.ts'),
    `const given: readonly string[] = process.argv.slice(2);
     console.log(JSON.stringify([process.versions.node, given]));
     process.exitCode = 3;`,
  );
  const bin = join(root, 'node_modules', 'node', 'bin');
  if (installed === 'without node') mkdirSync(join(root, 'node_modules'));
  if (installed === 'node without its binary') mkdirSync(dirname(bin), { recursive: true });
  if (installed === 'node') {
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, 'node'));
  }
  return root;
};

/** Starts it with this Node, or with this Node posing as another. */
const start = (root: string, as?: { readonly node: string; readonly sqlite?: string }) => {
  const pose = join(root, 'pose.mjs');
  writeFileSync(
    pose,
    `Object.defineProperty(process, 'versions', { value: ${JSON.stringify(as ?? {})} });`,
  );
  const flags = as === undefined ? [] : ['--import', pathToFileURL(pose).href];
  const argv = [...flags, join(root, 'bin', 'codicil.js'), 'terms', 'a b', '--json'];
  return spawnSync(process.execPath, argv, { encoding: 'utf8' });
};

const EXPECTED = `${JSON.stringify([process.versions.node, ['terms', 'a b', '--json']])}\n`;

describe('bin/codicil.js', () => {
  it('runs the program with its arguments and exit code on a Node that is new enough', () => {
    expect(start(clone('without node'))).toMatchObject({ status: 3, stdout: EXPECTED, stderr: '' });
  });

  it.each([
    ['an old Node', { node: '18.20.8' }],
    ['a Node 24 whose SQLite is too old', { node: '24.1.0', sqlite: '3.49.1' }],
  ])('hands over from %s to the one that npm brought', (_, posing) => {
    expect(start(clone('node'), posing)).toMatchObject({ status: 3, stdout: EXPECTED, stderr: '' });
  });

  it.each([
    ['nothing', /run "npm ci" in /],
    ['without node', /install one, or run "npm ci" with its development packages/],
    ['node without its binary', /run "npm rebuild node --ignore-scripts=false"/],
  ] as const)(
    'says in one sentence what to do on an old Node with %s installed',
    (installed, remedy) => {
      const { status, stdout, stderr } = start(clone(installed), { node: '20.1.0' });
      expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
      expect(stderr).toMatch(/^codicil: this is Node 20\.1\.0 and codicil needs Node 24 or newer/);
      expect(stderr).toMatch(remedy);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    },
  );

  it('says so when nothing is installed at all', () => {
    const { status, stderr } = start(clone('nothing'));
    expect(status).toBe(4);
    expect(stderr).toMatch(/^codicil: its packages are not installed; run "npm ci" in .*\n$/);
  });
});

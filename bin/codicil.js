#!/usr/bin/env node
// Plain JavaScript that an old Node can still parse (12.20 and newer): it has to say what is missing.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = 24;
// Older ones can corrupt a log in WAL mode when two processes use it.
const SQLITE = [3, 51, 3];

const script = fileURLToPath(import.meta.url);
const root = dirname(dirname(script));
const modules = join(root, 'node_modules');
const brought = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const atLeast = (version, wanted) => {
  const parts = String(version).split('.').map(Number);
  const at = wanted.findIndex((part, i) => parts[i] !== part);
  return at === -1 || parts[at] > wanted[at];
};

const isEnough = (versions) =>
  atLeast(versions.node, [NODE]) && atLeast(versions.sqlite || '0', SQLITE);

const giveUp = (remedy) => {
  const needed = `Node ${NODE} or newer with SQLite ${SQLITE.join('.')} or newer`;
  process.stderr.write(
    `codicil: this is Node ${process.versions.node} and codicil needs ${needed}; ${remedy}\n`,
  );
  process.exitCode = 4;
};

const versionsOf = (node) => {
  const asked = spawnSync(node, ['-p', 'JSON.stringify(process.versions)'], { encoding: 'utf8' });
  return asked.status === 0 ? JSON.parse(asked.stdout) : {};
};

/** Runs this script again with another Node, as if that had been started: same terminal, signals, exit code. */
const handOver = (node) => {
  const child = spawn(node, [script].concat(process.argv.slice(2)), { stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (trouble) =>
    giveUp(`the one in node_modules does not start: ${trouble.message}`),
  );
  child.on('exit', (code, signal) => {
    for (const each of signals) process.removeListener(each, forward);
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
};

const remedy = () => {
  if (!existsSync(modules)) return `run "npm ci" in ${root}, it brings one along.`;
  if (!existsSync(join(modules, 'node')))
    return `install one, or run "npm ci" with its development packages.`;
  return 'npm did not run the install script of its package "node": run "npm rebuild node --ignore-scripts=false", or install a newer Node.';
};

const run = async () => {
  if (!existsSync(modules)) {
    process.stderr.write(`codicil: its packages are not installed; run "npm ci" in ${root}\n`);
    process.exitCode = 4;
    return;
  }
  // Compiled once and kept; where nothing can be written there, it is compiled at each start.
  module.enableCompileCache(join(modules, '.cache', 'codicil'));
  await import('../src/main.ts');
};

if (isEnough(process.versions)) void run();
else if (existsSync(brought) && isEnough(versionsOf(brought))) handOver(brought);
else giveUp(remedy());

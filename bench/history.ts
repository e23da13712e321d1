/** A git repository of made-up documents: so many, with so many versions each, one clause changed in each version. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const WORDS =
  'the supplier shall provide the services with reasonable care and keep all data of the customer confidential for a term of years after notice was given in writing to the other party'.split(
    ' ',
  );

/** The same numbers in every run. */
const dice = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const CLAUSES = 8;

const sentence = (next: () => number): string =>
  `${Array.from({ length: 22 }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ')}.`;

const textOf = (name: string, clauses: readonly string[]): string =>
  `# ${name}\n\n${clauses.map((clause, n) => `## ${n + 1}. Clause ${n + 1}\n\n${clause}\n\n`).join('')}`;

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

export type Shape = { readonly documents: number; readonly versions: number };

/** Makes the repository in an empty folder; packed as git packs it. */
export const makeHistory = async (
  folder: string,
  { documents, versions }: Shape,
): Promise<void> => {
  const git = (...args: readonly string[]) =>
    spawn('git', ['-C', folder, ...args], { stdio: ['pipe', 'ignore', 'inherit'] });
  await once(git('init', '-q', '--bare'), 'close');
  const importing = git('fast-import', '--quiet');
  const write = async (text: string): Promise<void> => {
    if (!importing.stdin.write(text)) await once(importing.stdin, 'drain');
  };
  const next = dice(7);
  const all = Array.from({ length: documents }, () =>
    Array.from({ length: CLAUSES }, () => sentence(next)),
  );
  for (let n = 0; n < documents * versions; n++) {
    const clauses = all[n % documents] ?? [];
    if (n >= documents) clauses[Math.floor(next() * CLAUSES)] = sentence(next);
    const name = `policy-${n % documents}`;
    await write(
      `commit refs/heads/main\ncommitter A <a@example.org> ${1_200_000_000 + n * 600} +0000\n${data(`Change ${n}`)}M 100644 inline ${name}.md\n${data(textOf(name, clauses))}\n`,
    );
  }
  importing.stdin.end();
  await once(importing, 'close');
  await once(git('symbolic-ref', 'HEAD', 'refs/heads/main'), 'close');
  await once(git('gc', '-q'), 'close');
};

import type { Command } from 'commander';
import type { App, Basis } from '#app/app.ts';
import { createApp } from '#app/create-app.ts';
import type { Question } from '#app/question.ts';
import { columns } from '#render/layout.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { newCommand, openExisting, type Session, sessionOf } from './session.ts';

type Proof = {
  readonly agreement: string;
  /** Days asked about: today, and the first of every version. */
  readonly days: number;
  readonly same: boolean;
  /** Of the state today. */
  readonly digest: string;
};

/** A basis as the question that gives the same answer again. */
const again = ({
  digest: _,
  projection: _p,
  coverage: _c,
  behindSince: _b,
  ...coordinates
}: Basis): Question =>
  // The coordinates of a basis are a question's, already parsed.
  coordinates as Question;

const basesOf = async (app: App, agreement: string): Promise<readonly Basis[]> => {
  const listed = await app.views.versions(agreement, {});
  if (listed === undefined) return [];
  const at = again(listed.basis);
  const bases = [listed.basis];
  for (const { from } of listed.versions) {
    const answer = await app.views.stateAt(agreement, { ...at, effectiveOn: from });
    if (answer !== undefined) bases.push(answer.basis);
  }
  return bases;
};

const prove = async (app: App, agreement: string, bases: readonly Basis[]): Promise<Proof> => {
  const answers = await Promise.all(
    bases.map((basis) => app.views.stateAt(agreement, again(basis))),
  );
  return {
    agreement,
    days: bases.length,
    same: bases.every(({ digest }, i) => digest === answers[i]?.basis.digest),
    digest: bases[0]?.digest ?? '',
  };
};

const rebuild = async (session: Session): Promise<readonly Proof[]> => {
  const now = session.io.now;
  await using store = await openExisting(session);
  await using before = await createApp({ store, now });
  const agreements = await before.views.agreements();
  const asked: (readonly [string, readonly Basis[]])[] = [];
  for (const agreement of agreements) asked.push([agreement, await basesOf(before, agreement)]);
  await using after = await createApp({ store, now });
  const proofs: Proof[] = [];
  for (const [agreement, bases] of asked) proofs.push(await prove(after, agreement, bases));
  return proofs;
};

/** `codicil rebuild`: the readings anew, proven equal. */
export const rebuildCommand = (io: Io): Command =>
  newCommand({
    name: 'rebuild',
    summary: 'fold the readings anew from the log and prove that they say what they said before',
    examples: [['codicil rebuild', 'exits with 1 when a digest differs']],
  })
    .option('--json', 'print the proofs as JSON')
    .action(async (options) => {
      const session = sessionOf(io, options);
      const proofs = await rebuild(session);
      session.show(proofs, ({ line, paint }) => {
        const rows = proofs.map(({ agreement, days, same, digest }) => [
          {
            text: same ? 'same' : 'DIFFERS',
            look: (text: string) => paint(same ? 'green' : 'red', text),
          },
          agreement,
          `${days} days`,
          digest,
        ]);
        for (const row of columns(rows)) line(row);
      });
      const differ = proofs.filter(({ same }) => !same).length;
      if (differ > 0) {
        throw new CliFailure(
          'REFUSED',
          `${differ} of ${proofs.length} agreements say something else.`,
        );
      }
    });

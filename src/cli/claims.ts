import type { Command } from 'commander';
import { didYouMean } from '#agreement/nearest.ts';
import type { ClaimsAnswer } from '#app/app.ts';
import type { ClaimRecord, ClaimStep } from '#projections/claim-records.ts';
import { sourceText } from '#render/cause-text.ts';
import { indented, wrapped } from '#render/layout.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io, Screen } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showBasis, showClaims } from './show-state.ts';

const claimIn = ({ claims, basis }: ClaimsAnswer, claimId: string): ClaimRecord => {
  const record = claims.find((claim) => claim.claimId === claimId);
  if (record !== undefined) return record;
  const hint = didYouMean(
    claimId,
    claims.map((claim) => claim.claimId),
  );
  throw new CliFailure(
    'NOT_FOUND',
    `No claim ${claimId} is reported by ${basis.effectiveOn}.${hint}`,
  );
};

const showStep = (screen: Screen, step: ClaimStep): void => {
  const { what, on, by, stage, statement, sources, note, changes, afterDays } = step;
  const after = afterDays === undefined || afterDays === 0 ? '' : `, after ${afterDays} days`;
  const who = by === undefined ? '' : ` by ${by}`;
  const as = stage === undefined ? '' : ` as ${stage}`;
  screen.line();
  screen.line(`${screen.paint('cyan', what)}  ${on}${after}${who}${as}`);
  const lines = [
    ...(statement === undefined ? [] : [statement]),
    ...(note === undefined ? [] : [note]),
    ...sources.map((source) => `source: ${sourceText(source)}`),
    ...changes.map((changeId) => `settled by ${changeId}`),
  ];
  for (const line of lines) {
    for (const part of indented(wrapped(line, screen.width - 2), 2)) screen.line(part);
  }
};

const showRecord = (screen: Screen, record: ClaimRecord): void => {
  const { claimId, open, outcome, openDays, about } = record;
  const length = openDays === undefined ? '' : ` for ${openDays} days`;
  const state = open ? `open${length}` : `${outcome}, was open${length}`;
  const terms = about.length === 0 ? '' : `, about ${about.join(', ')}`;
  screen.line(`${screen.paint('bold', claimId)}  ${state}${terms}`);
  for (const step of record.steps) showStep(screen, step);
};

/** `codicil claims ID [CLAIM]`: what was said, and what became of it. */
export const claimsCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'claims',
    summary: 'list what was rumoured, proposed or agreed in principle, and what became of it',
    examples: [
      ['codicil claims microsoft-openai', 'with outcomes and lead times'],
      ['codicil claims microsoft-openai --on 2025-01-01', 'those reported by that day'],
      [
        'codicil claims microsoft-openai agi-clause-removal',
        'who reported, confirmed and denied one',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .argument('[claim]', 'the id of one claim, to see its record')
    .option('--json', 'print the claims and their basis as JSON');
  addCoordinates(command, ['effectiveOn', ...KNOWLEDGE]);
  return command.action(async (agreement: string, claim: string | undefined, options) => {
    const session = sessionOf(io, options);
    await asking(session, async (app) => {
      const asked = await app.views.claims(agreement, questionOf(session.options));
      const answer = await found(app, agreement, asked);
      const record = claim === undefined ? undefined : claimIn(answer, claim);
      const shown = record === undefined ? answer : { claims: [record], basis: answer.basis };
      session.show(shown, (screen) => {
        showBasis(screen, answer);
        if (record === undefined) showClaims(screen, answer.claims);
        else showRecord(screen, record);
      });
    });
  });
};

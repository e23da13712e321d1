import type { Command } from 'commander';
import type { LineageAnswer } from '#app/app.ts';
import type { Descent, Relative } from '#projections/lineage.ts';
import { type Causes, causesIn, causeText } from '#render/cause-text.ts';
import { columns, indented } from '#render/layout.ts';
import { causesAt } from './causes.ts';
import type { Io, Screen } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showBasis } from './show-state.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const shareText = ({ kept, taken, from, to }: Descent): string =>
  [
    ...(kept === undefined ? [] : [`${percent(kept)} of ${from} kept`]),
    ...(taken === undefined ? [] : [`${percent(taken)} of ${to} taken over`]),
  ].join(', ');

const daysText = ({ inForce }: Pick<Relative, 'inForce'>): string =>
  inForce.length === 0
    ? 'never in force'
    : inForce.map(({ from, until }) => `${from ?? '…'} to ${until ?? '…'}`).join(', ');

const showRelatives = (screen: Screen, heading: string, relatives: readonly Relative[]): void => {
  screen.line();
  screen.line(screen.paint('bold', heading));
  const rows = relatives.map((relative) => [relative.termId, daysText(relative)]);
  for (const line of indented(columns(rows.length > 0 ? rows : [['nothing']]), 2)) {
    screen.line(line);
  }
};

const showEdge = (screen: Screen, edge: Descent, causes: Causes): void => {
  const { from, to, on = 'on an unknown day', changeId } = edge;
  screen.line();
  screen.line(`  ${screen.paint('cyan', `${from} → ${to}`)}  ${on}`);
  for (const cause of causesIn(causes, [changeId])) {
    screen.line(screen.paint('dim', `    by ${causeText(cause)}`));
  }
  const shares = shareText(edge);
  if (shares !== '') screen.line(`    words: ${shares}`);
};

const showLineage = (screen: Screen, answer: LineageAnswer, causes: Causes): void => {
  const { termId, predecessors, successors, edges } = answer;
  screen.line(`${screen.paint('bold', termId)}  ${daysText(answer)}`);
  showBasis(screen, answer);
  showRelatives(screen, 'Came from', predecessors);
  showRelatives(screen, 'Went into', successors);
  for (const edge of edges) showEdge(screen, edge, causes);
};

/** `codicil lineage ID TERM`: where a term came from, and where it went. */
export const lineageCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'lineage',
    summary: 'show what a term came from and what took its place, and the words that went along',
    examples: [
      ['codicil lineage microsoft-openai compute.exclusivity', 'both ways, over all days'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .argument('<term>', 'the id of the term, in force or not')
    .option('--json', 'print the lineage and its basis as JSON');
  addCoordinates(
    command,
    KNOWLEDGE.filter((field) => field !== 'assume'),
  );
  return command.action(async (agreement: string, term: string, options) => {
    const session = sessionOf(io, options);
    const question = questionOf(session.options);
    await asking(session, async (app) => {
      const answer = await found(
        app,
        agreement,
        await app.views.lineage(agreement, question, term),
      );
      const ids = answer.edges.map(({ changeId }) => changeId);
      const causes = await causesAt(app, agreement, [{ at: question, ids }]);
      session.show(answer, (screen) => showLineage(screen, answer, causes));
    });
  });
};

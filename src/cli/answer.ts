import type { Command } from 'commander';
import { question } from '#app/question.ts';
import { type Present, resolveQuestion } from '#app/resolve-question.ts';
import { isoDay } from '#events/days.ts';
import type { DataOf, Recorded } from '#events/event.ts';
import { dayOf } from '#events/instants.ts';
import { coordinates } from '#projections/coordinates.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { readJsonLines } from './json-lines.ts';
import { readEvents } from './read-events.ts';
import { newCommand } from './session.ts';

const headOf = (events: readonly Recorded[]): DataOf<'AgreementRecorded'> => {
  for (const event of events) if (event.type === 'AgreementRecorded') return event.data;
  throw new CliFailure(
    'REFUSED',
    'no event is an AgreementRecorded: the agreement has no time zone',
  );
};

/** A file has no present: all that it holds is known. */
const WHOLE_FILE: Present = {
  now: Date.parse('9999-01-01T00:00:00Z'),
  position: Number.MAX_SAFE_INTEGER,
};

const answers = (io: Io, eventsFile: string, pointsFile: string): void => {
  const events = readEvents(eventsFile);
  const { agreementId, timeZone } = headOf(events);
  const today = isoDay(dayOf(io.now(), timeZone));
  const history = historyOf(agreementId, events);
  const points = readJsonLines(pointsFile, (value) => {
    const asked = question.parse(value);
    const named = asked.version !== undefined || asked.tag !== undefined;
    return named
      ? resolveQuestion(history, asked, WHOLE_FILE)
      : coordinates.parse({ effectiveOn: today, ...asked });
  });
  for (const { value } of points) io.out.write(`${JSON.stringify(stateAt(history, value))}\n`);
};

/** `codicil answer`: the fold alone, over events in a file. */
export const answerCommand = (io: Io): Command =>
  newCommand({
    name: 'answer',
    summary: 'compute states from stored events in a file, without a log',
    examples: [
      ['codicil log microsoft-openai --json > events.jsonl', 'the stored events, one a line'],
      [`echo '{"effectiveOn":"2025-03-01"}' > at.jsonl`, 'the points, one a line'],
      ['codicil answer --events events.jsonl --at at.jsonl', 'the states as JSON, one a line'],
    ],
    settings: 'none',
  })
    .requiredOption('--events <file>', 'stored events of one agreement, one JSON object a line')
    .requiredOption(
      '--at <file>',
      'coordinates, one JSON object a line; effectiveOn, version or tag, else today',
    )
    .action(({ events, at }: { readonly events: string; readonly at: string }) =>
      answers(io, events, at),
    );

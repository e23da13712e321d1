import type { Command } from 'commander';
import type { App } from '#app/app.ts';
import type { Unreadable } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import { isoInstant } from '#events/instants.ts';
import { envelopeOf, eventText } from './event-text.ts';
import type { Io, Screen } from './io.ts';
import { asking, found, newCommand, type Session, sessionOf } from './session.ts';
import { wholeNumber } from './whole-number.ts';

const PAGE = 500;

const showEvent = ({ line, paint }: Screen, event: Recorded | Unreadable): void => {
  const place = `${String(event.revision).padStart(4)}  ${isoInstant(event.recordedAt)}`;
  const [type, about] = eventText(event);
  const colour = event.type === 'Unreadable' ? 'red' : 'cyan';
  line(`${paint('dim', place)}  ${paint(colour, type.padEnd(19))}  ${about}`.trimEnd());
};

const print = async (app: App, agreementId: string, session: Session): Promise<void> => {
  const { screen, json, options, io } = session;
  let left = wholeNumber(options, 'first', Number.MAX_SAFE_INTEGER);
  let after: number | undefined = wholeNumber(options, 'after', 0);
  while (after !== undefined && left > 0 && !io.signal.aborted) {
    const page = await app.views.events({ agreementId, after, first: Math.min(left, PAGE) });
    for (const event of page.events) {
      if (json) screen.line(JSON.stringify(envelopeOf(event)));
      else showEvent(screen, event);
    }
    left -= page.events.length;
    after = page.next;
  }
};

/** `codicil log ID`: the events themselves. */
export const logCommand = (io: Io): Command =>
  newCommand({
    name: 'log',
    summary: 'print the events of an agreement as they were recorded',
    examples: [
      ['codicil log microsoft-openai', 'one line per event'],
      [
        'codicil log microsoft-openai --json > events.jsonl',
        'whole events, one JSON object a line',
      ],
      ['codicil log microsoft-openai --after 20 --first 10', 'ten events behind revision 20'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--after <revision>', 'begin behind this revision; default: 0')
    .option('--first <n>', 'at most so many; default: all')
    .option('--json', 'print whole events, one JSON object a line')
    .action(async (agreement: string, options) => {
      const session = sessionOf(io, options);
      await asking(session, async (app) => {
        await found(app, agreement, await app.views.stateAt(agreement, {}));
        await print(app, agreement, session);
      });
    });

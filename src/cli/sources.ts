import { type Command, Option } from 'commander';
import type { TrackRecords } from '#app/app.ts';
import { TRACKED, type Tracked } from '#projections/track-record.ts';
import { columns } from '#render/layout.ts';
import type { Io, Screen } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, newCommand, sessionOf } from './session.ts';

const HEAD = [
  'source',
  'reported',
  'confirmed',
  'partly',
  'refuted',
  'lapsed',
  'withdrawn',
  'open',
  'median lead',
];

const showRecords = (screen: Screen, { sources, knownAt, position }: TrackRecords): void => {
  screen.line(screen.paint('dim', `known at ${knownAt} · log position ${position}`));
  const rows = sources.map(({ name, medianLeadDays, ...many }) => [
    name,
    ...[many.reported, many.confirmed, many.partly, many.refuted].map(String),
    ...[many.lapsed, many.withdrawn, many.open].map(String),
    medianLeadDays === undefined ? '–' : `${medianLeadDays} days`,
  ]);
  if (rows.length === 0) screen.line('None.');
  else for (const line of columns([HEAD, ...rows])) screen.line(line);
};

const NAMES = TRACKED.map((name) => name.toLowerCase());

/** `codicil sources`: how often each source was right, over all agreements. */
export const sourcesCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'sources',
    summary: 'list who reported claims, over all agreements, and what became of them',
    examples: [
      ['codicil sources', 'by who said so'],
      ['codicil sources --by publisher', 'by who published what the reports cite'],
      ['codicil sources --on 2025-01-01', 'as it stood on a day'],
    ],
  })
    .addOption(new Option('--by <whom>', 'claimant (default), or publisher').choices(NAMES))
    .option('--json', 'print the track records as JSON');
  addCoordinates(command, ['effectiveOn', ...KNOWLEDGE.filter((field) => field !== 'assume')]);
  return command.action(async (options) => {
    const session = sessionOf(io, options);
    const by = String(session.options['by'] ?? 'claimant').toUpperCase() as Tracked;
    await asking(session, async (app) => {
      const answer = await app.views.trackRecords(by, questionOf(session.options));
      session.show(answer, (screen) => showRecords(screen, answer));
    });
  });
};

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decode, encode, envelope, parsePayload, type StoredText } from '#events/codec.ts';
import { type EventOf, metadata } from '#events/event.ts';
import { changeId, eventId, instrumentId, termId } from '#events/values.ts';

const id = eventId.parse('5b0a7c0e-0f0e-5c5e-8d5a-3b1c0a6f2d11');
const removed: EventOf<'TermRemoved'> = {
  id,
  type: 'TermRemoved',
  data: {
    changeId: changeId.parse('first/removeTerm:notice'),
    instrumentId: instrumentId.parse('first'),
    termId: termId.parse('notice'),
    note: 'žluťoučký 🐎  “quoted”',
  },
  metadata: metadata.parse({ by: 'ada', commandId: 'c-1', correlationId: 'c-1' }),
};
const place = { stream: 'agreement-a', revision: 7, position: 9, recordedAt: 1_700_000_000_000 };
const stored: StoredText = { ...encode(removed), ...place };

describe('the codec', () => {
  it('gives back what was encoded, with the place that the store gave it', () => {
    expect(decode(stored)).toEqual({ ...removed, ...place });
  });

  it.each([
    ['of an unknown type', { type: 'TermPainted' }, /no event is called TermPainted/],
    [
      'of a later version',
      { schemaVersion: 99 },
      /version 99 of TermRemoved is not known \(up to 1\)/,
    ],
    ['of version 0', { schemaVersion: 0 }, /version 0/],
    ['whose data is cut off', { data: stored.data.slice(0, -3) }, /JSON is broken/],
    ['whose metadata is cut off', { metadata: '{' }, /JSON is broken/],
    ['whose data is a list', { data: '[]' }, /no JSON object/],
  ])('names an event %s as unreadable, with its place and the reason', (_, fault, reason) => {
    const event = decode({ ...stored, ...fault });
    expect(event).toMatchObject({
      type: 'Unreadable',
      id,
      ...place,
      reason: expect.stringMatching(reason),
    });
  });
});

describe('a payload from outside', () => {
  it('is refused when its schema does not know a field', () => {
    const data = { ...removed.data, colour: 'red' };
    expect(() => parsePayload('TermRemoved', 1, data)).toThrow(z.ZodError);
  });

  it('is lifted before it is read', () => {
    const old = { instrumentId: 'lease', kind: 'ORIGINAL', title: 'Lease' };
    expect(parsePayload('InstrumentRecorded', 1, old)).toEqual({ ...old, sources: [] });
  });

  it('comes out in its canonical form, whatever shorthand it was written in', () => {
    const data = {
      ...removed.data,
      kind: 'PRICE',
      facts: {
        cap: { amount: 12.5, currency: 'EUR' },
        open: true,
        days: { value: '30', unit: 'days' },
      },
    };
    expect(parsePayload('TermAdded', 1, data)['facts']).toEqual({
      cap: { money: { amount: '12.5', currency: 'EUR' } },
      open: { flag: true },
      days: { quantity: { value: '30', unit: 'days' } },
    });
  });

  it('has an envelope whose place and time are checked', () => {
    const whole = { id, type: 'TermRemoved', data: {}, revision: 1, position: 1 };
    expect(envelope.parse({ ...whole, recordedAt: '2025-01-21T00:00:00Z' }).schemaVersion).toBe(1);
    expect(() => envelope.parse({ ...whole, recordedAt: '21 January' })).toThrow(z.ZodError);
    expect(() =>
      envelope.parse({ ...whole, position: 0, recordedAt: '2025-01-21T00:00:00Z' }),
    ).toThrow(z.ZodError);
  });
});

import { expect, test } from 'vitest';
import { type Verdict, verdictOn } from '#store/server-errors.ts';

const cases: readonly (readonly [string, unknown, Verdict])[] = [
  [
    'a conflict, as EventStoreDB says it',
    { type: 'wrong-expected-version', actualVersion: 4n },
    { kind: 'conflict', actual: 5 },
  ],
  [
    'a conflict, as KurrentDB says it',
    { type: 'wrong-expected-version', actualState: 0n },
    { kind: 'conflict', actual: 1 },
  ],
  [
    'a conflict with an empty stream',
    { type: 'wrong-expected-version', actualVersion: 'no_stream' },
    { kind: 'conflict', actual: 0 },
  ],
  ['a tombstone', { type: 'stream-deleted' }, { kind: 'tombstoned' }],
  ['a tombstone of later servers', { type: 'stream-tombstoned' }, { kind: 'tombstoned' }],
  [
    'too much, with its limit',
    { type: 'maximum-append-size-exceeded', maxAppendSize: 1_048_576 },
    { kind: 'too-large', most: 1_048_576 },
  ],
  ['too much', { type: 'append-record-size-exceeded' }, { kind: 'too-large', most: undefined }],
  ['a wrong password', { type: 'access-denied' }, { kind: 'denied' }],
  ['no leave, by code', { code: 7 }, { kind: 'denied' }],
  ['no login, by code', { code: 16 }, { kind: 'denied' }],
  ['a server that lacks it', { type: 'unsupported' }, { kind: 'unsupported' }],
  ['a method that is not there', { code: 12 }, { kind: 'unsupported' }],
  ['a server that is down', { code: 14 }, { kind: 'passing' }],
  ['the same with a type', { type: 'unavailable', code: 14 }, { kind: 'passing' }],
  ['a server that breaks off', { type: 'unavailable', code: 13 }, { kind: 'passing' }],
  ['a server that starts', { type: 'unknown', code: 2 }, { kind: 'passing' }],
  ['a leader that moved', { type: 'not-leader' }, { kind: 'not-leader' }],
  ['a follower that was too slow', { type: 'timeout', code: 10 }, { kind: 'passing' }],
  ['a failing network', { code: 'ECONNREFUSED' }, { kind: 'passing' }],
  ['a name that is no type', { type: 'constructor' }, { kind: 'passing' }],
  ['nothing at all', undefined, { kind: 'passing' }],
];

test.each(cases)('%s', (_, error, verdict) => {
  expect(verdictOn(error)).toEqual(verdict);
});

import { afterEach, describe, expect, it } from 'vitest';
import { type CommandType, type InputOf, parseCommand } from '#agreement/commands.ts';
import { eventIdOf } from '#app/event-id.ts';
import { openExecutor } from '#app/execute.ts';
import { ManyRecorder } from '#app/record-many.ts';
import { HistoryUnreadable } from '#app/rule-memory.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';

const opened: EventStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store[Symbol.asyncDispose]();
});

const open = async () => {
  const store = await openStore('sqlite::memory:');
  opened.push(store);
  return { store, hands: openExecutor(store) };
};

const command = <T extends CommandType>(type: T, input: Omit<InputOf<T>, 'agreement'>) =>
  parseCommand(type, { agreement: 'lease', ...input });

const HEAD = command('RecordAgreement', {
  title: 'Lease',
  timeZone: 'UTC',
  parties: [{ partyId: 'p', name: 'P' }],
});
const tag = (name: string, effectiveOn = '2020-01-01') =>
  command('TagPoint', { tag: name, effectiveOn });
const paper = (id: string, title = id) =>
  command('RecordInstrument', { instrument: { id, kind: 'NOTICE', title } });
const by = (commandId: string) => ({ by: 'test', commandId });

describe('a command', () => {
  it('is appended whole, at the revision that was read, and answers what was recorded', async () => {
    const { store, hands } = await open();
    const outcome = await hands.execute(HEAD, { ...by('c1'), importedFrom: 'lease.yaml' });
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 1, duplicate: false });
    const head = await store.head();
    if (outcome.kind !== 'accepted') throw new Error('not accepted');
    expect(outcome.position).toBe(head.position);
    expect(outcome.events).toMatchObject([
      {
        type: 'AgreementRecorded',
        stream: 'agreement-lease',
        metadata: { by: 'test', commandId: 'c1', correlationId: 'c1', importedFrom: 'lease.yaml' },
      },
    ]);
  });

  it('is not taken for recorded where the log holds the same events of another command', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    // As a server answers that had just taken the same ids from somebody else.
    const late: Pick<EventStore, 'append' | 'readStream'> = {
      readStream: (...asked) => store.readStream(...asked),
      append: async (stream, events, expected) => {
        const others = events.map((event) => ({
          ...event,
          metadata: event.metadata.replaceAll('mine', 'theirs'),
        }));
        return store.append(stream, others, expected);
      },
    };
    const outcome = await openExecutor(late).execute(paper('one'), by('mine'));
    expect(outcome).toMatchObject({ kind: 'accepted', events: [], revision: 2 });
  });

  it('that is refused appends nothing and says at which revision', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const outcome = await hands.execute(
      command('RetractRecord', { target: 'instrument:x', reason: 'r' }),
      by('c2'),
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      revision: 1,
      rejections: [{ code: 'NoSuchTarget' }],
    });
    expect((await hands.history('lease')).length).toBe(1);
    expect((await store.head()).position).toBe(1);
  });

  it('that says what is recorded already is accepted and appends nothing', async () => {
    const { hands } = await open();
    await hands.execute(HEAD, by('c1'));
    expect(await hands.execute(HEAD, by('c2'))).toMatchObject({
      kind: 'accepted',
      revision: 1,
      events: [],
      duplicate: false,
    });
  });

  it('gives the same event the same id in every log', async () => {
    const idIn = async () => {
      const { hands } = await open();
      await hands.execute(HEAD, by('any'));
      const [event] = await hands.history('lease');
      return event?.id;
    };
    const id = await idIn();
    expect(await idIn()).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });
});

describe('a command id sent twice', () => {
  it('answers the first result and appends once, whatever was recorded since', async () => {
    const { hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const first = await hands.execute(paper('a'), by('c2'));
    await hands.execute(tag('t'), by('c3'));
    const second = await hands.execute(paper('a'), { ...by('c2'), expectedRevision: 1 });
    expect(second).toEqual({ ...first, duplicate: true });
    expect((await hands.history('lease')).length).toBe(3);
  });

  it('also when both are under way at once', async () => {
    const { hands } = await open();
    const both = await Promise.all([hands.execute(HEAD, by('c1')), hands.execute(HEAD, by('c1'))]);
    expect(both).toMatchObject([{ duplicate: false }, { duplicate: true }]);
    expect((await hands.history('lease')).length).toBe(1);
  });

  it('with another command is refused', async () => {
    const { hands } = await open();
    await hands.execute(HEAD, by('c1'));
    await hands.execute(tag('t'), by('c2'));
    expect(await hands.execute(tag('u'), by('c2'))).toMatchObject({
      kind: 'rejected',
      rejections: [{ code: 'CommandIdReused', path: ['commandId'] }],
    });
  });
});

describe('an expected revision', () => {
  it('that has moved on is a conflict, with what happened meanwhile', async () => {
    const { hands } = await open();
    await hands.execute(HEAD, by('c1'));
    await hands.execute(tag('t'), by('c2'));
    const outcome = await hands.execute(tag('u'), { ...by('c3'), expectedRevision: 1 });
    expect(outcome).toMatchObject({
      kind: 'conflict',
      expected: 1,
      actual: 2,
      meanwhile: [{ type: 'PointTagged', revision: 2 }],
    });
    expect((await hands.history('lease')).length).toBe(2);
  });

  it('that holds lets the command pass; 0 says that nothing is recorded', async () => {
    const { hands } = await open();
    expect(await hands.execute(HEAD, { ...by('c1'), expectedRevision: 0 })).toMatchObject({
      revision: 1,
    });
    expect(await hands.execute(tag('t'), { ...by('c2'), expectedRevision: 1 })).toMatchObject({
      revision: 2,
    });
  });
});

/** A log in which somebody else records something right before the next append. */
const raced = (store: EventStore, before: () => Promise<unknown>) => {
  let races = 1;
  return {
    readStream: store.readStream.bind(store),
    append: async (...asked: Parameters<EventStore['append']>) => {
      if (races-- > 0) await before();
      return store.append(...asked);
    },
  };
};

describe('a race against another process', () => {
  it('that is lost is run again, and the rules are asked again', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const other = openExecutor(raced(store, () => hands.execute(tag('t'), by('c2'))));
    expect(await other.execute(tag('u'), by('c3'))).toMatchObject({
      kind: 'accepted',
      revision: 3,
    });
    const third = openExecutor(raced(store, () => hands.execute(tag('v', '2020-01-01'), by('c4'))));
    expect(await third.execute(tag('v', '2020-02-02'), by('c5'))).toMatchObject({
      kind: 'rejected',
      rejections: [{ code: 'TagDiffers' }],
      revision: 4,
    });
  });

  it('over the same paper: the same content is recorded once, other content is refused', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const same = openExecutor(raced(store, () => hands.execute(paper('a'), by('c2'))));
    expect(await same.execute(paper('a'), by('c3'))).toMatchObject({
      kind: 'accepted',
      events: [],
    });
    const other = openExecutor(raced(store, () => hands.execute(paper('b'), by('c4'))));
    expect(await other.execute(paper('b', 'B'), by('c5'))).toMatchObject({
      kind: 'rejected',
      rejections: [{ code: 'InstrumentDiffers' }],
    });
    expect((await hands.history('lease')).length).toBe(3);
  });

  it('over the same paper with more in it is refused, not half recorded', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const other = openExecutor(raced(store, () => hands.execute(paper('a'), by('c2'))));
    const more = command('RecordInstrument', {
      instrument: { id: 'a', kind: 'NOTICE', title: 'a' },
      changes: [{ affirmTerms: {} }],
    });
    expect(await other.execute(more, by('c3'))).toMatchObject({
      kind: 'rejected',
      rejections: [{ code: 'InstrumentDiffers' }],
    });
    expect((await hands.history('lease')).length).toBe(2);
  });

  it('with an expected revision is a conflict', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const other = openExecutor(raced(store, () => hands.execute(tag('t'), by('c2'))));
    expect(await other.execute(tag('u'), { ...by('c3'), expectedRevision: 1 })).toMatchObject({
      kind: 'conflict',
      expected: 1,
      actual: 2,
    });
  });

  it('among many in one process loses nothing', async () => {
    const { hands } = await open();
    await hands.execute(HEAD, by('c1'));
    const names = Array.from({ length: 30 }, (_, index) => `t${index}`);
    const outcomes = await Promise.all(names.map((name) => hands.execute(tag(name), by(name))));
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    const history = await hands.history('lease');
    expect(history.map(({ revision }) => revision)).toEqual(
      names.concat('head').map((_, index) => index + 1),
    );
  });
});

describe('an id that lies in another agreement', () => {
  const foreign = (store: EventStore, key: string) =>
    store.append(
      'agreement-mallory',
      [
        {
          id: eventIdOf('lease', key),
          type: 'PointTagged',
          schemaVersion: 1,
          data: '{}',
          metadata: '{}',
        },
      ],
      'any',
    );
  const told = { code: 'EVENT_ELSEWHERE', elsewhere: 'agreement-mallory' };

  it('is told as that, and not as a race against somebody else', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    await foreign(store, 'tag:t');
    await expect(hands.execute(tag('t'), by('c2'))).rejects.toMatchObject(told);
    expect(await hands.execute(tag('u'), by('c3'))).toMatchObject({ kind: 'accepted' });
  });

  it('is told by what records many commands, too', async () => {
    const { store } = await open();
    await foreign(store, 'agreement');
    const recorder = await ManyRecorder.open(store, 'lease', { by: 'test' });
    await recorder.record({ command: HEAD, commandId: 'c1' });
    await expect(recorder.flush()).rejects.toMatchObject(told);
  });
});

describe('a history that can not be read', () => {
  it('is judged by nobody', async () => {
    const { store, hands } = await open();
    await hands.execute(HEAD, by('c1'));
    await store.append(
      'agreement-lease',
      [
        {
          id: '11111111-1111-4111-8111-111111111111',
          type: 'TermDreamt',
          schemaVersion: 1,
          data: '{}',
          metadata: '{}',
        },
      ],
      'any',
    );
    await expect(hands.execute(tag('t'), by('c2'))).rejects.toThrow(HistoryUnreadable);
  });
});

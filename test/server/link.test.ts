import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundUnadmitted, takeIn } from '#server/take-in.ts';
import { watchOver } from '#server/watch-over.ts';
import { linked, until } from './linked.ts';

const MB = 2 ** 20;

describe('messages over a socket', () => {
  const COUNT = 48;

  it('are not read while the answers to earlier ones are not', async () => {
    const { link, client } = await linked();
    let taken = 0;
    takeIn(link, async (message) => {
      taken += 1;
      await link.send(message.padEnd(MB));
    });
    client.pause();
    for (let n = 0; n < COUNT; n += 1) client.send(`${n}`.padEnd(MB / 2));
    await until(() => link.socket.isPaused && link.socket.bufferedAmount > MB);
    expect(taken).toBeLessThan(COUNT);
    expect(link.socket.bufferedAmount).toBeLessThan(3 * MB);
    const answers: number[] = [];
    client.on('message', (answer) => answers.push(Number(String(answer))));
    client.resume();
    await until(() => answers.length === COUNT);
    expect(answers).toEqual(Array.from({ length: COUNT }, (_, n) => n));
  });

  it('are read while an earlier one is not done', async () => {
    const { link, client } = await linked();
    const taken: string[] = [];
    takeIn(link, (message) => {
      taken.push(message);
      return new Promise(() => {});
    });
    for (const message of ['subscribe', 'complete']) client.send(message);
    await until(() => taken.length === 2);
    expect(taken).toEqual(['subscribe', 'complete']);
  });

  it('are not taken once it was told to close', async () => {
    const { link, client } = await linked();
    const taken: string[] = [];
    takeIn(link, async (message) => {
      taken.push(message);
      link.close(4400, 'no more');
    });
    for (const message of ['one', 'two', 'three']) client.send(message);
    expect((await once(client, 'close'))[0]).toBe(4400);
    expect(taken).toEqual(['one']);
  });

  it('may be long from one that is admitted, and are the end of one that is not', async () => {
    const long = 'x'.repeat(17 * 1024);
    const { link, client, wire } = await linked();
    boundUnadmitted(link, wire);
    link.isAdmitted = true;
    client.send(long);
    await once(link.socket, 'message');
    const other = await linked();
    boundUnadmitted(other.link, other.wire);
    other.client.send(long);
    expect((await once(other.client, 'close'))[0]).toBe(1006);
  });
});

describe('a socket', () => {
  const TICK_MS = 12_000;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that answers what it is asked lives on', async () => {
    const { link } = await linked();
    watchOver(link);
    for (let round = 0; round < 7; round += 1) {
      vi.advanceTimersByTime(TICK_MS);
      await once(link.socket, 'pong');
    }
    vi.advanceTimersByTime(TICK_MS);
    expect(link.isOpen).toBe(true);
  });

  it('that answers without having read the question is cut off', async () => {
    const { link, client } = await linked(false);
    watchOver(link);
    vi.advanceTimersByTime(TICK_MS);
    client.pong('I live');
    await once(link.socket, 'pong');
    vi.advanceTimersByTime(TICK_MS);
    expect((await once(client, 'close'))[0]).toBe(1006);
  });

  it('that takes nothing for a minute is cut off, and not before', async () => {
    const { link, client } = await linked();
    watchOver(link);
    client.pause();
    const sent = link.send('x'.repeat(64 * MB));
    vi.advanceTimersByTime(4 * TICK_MS);
    expect(link.isOpen).toBe(true);
    vi.advanceTimersByTime(TICK_MS);
    expect(link.isOpen).toBe(false);
    await sent;
  });

  it('that takes something now and then is not', async () => {
    const { link, client } = await linked();
    watchOver(link);
    client.pause();
    const sent = [link.send('x'.repeat(64 * MB)), link.send('x'.repeat(64 * MB))];
    vi.advanceTimersByTime(4 * TICK_MS);
    client.resume();
    await sent[0];
    client.pause();
    vi.advanceTimersByTime(TICK_MS);
    expect(link.isOpen).toBe(true);
  });
});

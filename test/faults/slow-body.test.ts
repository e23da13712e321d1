import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { openTestServer } from '../server/test-server.ts';
import { PATIENCE } from './scale.ts';

const isFull = process.env['FAULTS'] === 'full';

test.runIf(isFull)(
  'a body that comes a byte at a time is cut off',
  async () => {
    await using served = await openTestServer();
    const { port, hostname } = new URL(await served.listen());
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (text) => {
      answer += String(text);
    });
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`,
    );
    const dripping = setInterval(() => socket.write(' '), 500);
    await once(socket, 'close');
    clearInterval(dripping);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect((await served.ask('{ version }')).status).toBe(200);
  },
  PATIENCE,
);

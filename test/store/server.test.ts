import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { openMirrored } from '#store/mirrored.ts';
import { serverAddress } from '#store/server-address.ts';
import type { EventStore } from '#store/store.ts';
import { type Open, storeContract } from './contract.ts';
import { aPath } from './open-sqlite.ts';

const url = process.env['KURRENTDB_URL'] ?? '';
const prefix = `t${randomUUID().slice(0, 8)}-`;
const connection = `${url}${url.includes('?') ? '&' : '?'}streamPrefix=${prefix}`;

const openServer: Open = async () => {
  const path = aPath();
  const open = async (): Promise<EventStore> => {
    const store = openMirrored({
      address: serverAddress(connection),
      mirror: path,
      now: Date.now,
      onProgress: () => undefined,
    });
    onTestFinished(() => store[Symbol.asyncDispose]());
    await store.level();
    return store;
  };
  const store = await open();
  const reopen = async () => {
    await store[Symbol.asyncDispose]();
    return open();
  };
  return { store, reopen };
};

storeContract('the log on a server', openServer);

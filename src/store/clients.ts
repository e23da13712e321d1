/**
 * The clients of the servers, loaded when a connection string asks for one. The two can't live in one process: they
 * share global tables, and the one that was loaded first breaks. So the first one asked for serves the whole process;
 * each of them talks to both products.
 */
import type { Product, ServerAddress } from './server-address.ts';
import type { ServerLog } from './server-log.ts';

type Client = { readonly product: Product; readonly connect: (connection: string) => ServerLog };

const loaders: { readonly [product in Product]: () => Promise<Client> } = {
  esdb: async () => {
    const { eventStoreDb } = await import('./eventstoredb.ts');
    return { product: 'esdb', connect: eventStoreDb };
  },
  kurrentdb: async () => {
    const { kurrentDb } = await import('./kurrentdb.ts');
    return { product: 'kurrentdb', connect: kurrentDb };
  },
};

let loaded: Promise<Client> | undefined;

/** Says nothing to the server yet. @throws an `Error` when the client can't be loaded or can't read the address */
export const connectTo = async (address: ServerAddress): Promise<ServerLog> => {
  loaded ??= loaders[address.product]();
  const { product, connect } = await loaded;
  return connect(address.for(product));
};

import { StoreUnavailable } from './errors.ts';

/** The oldest server that says when a subscriber has caught up. */
const oldest = [23, 10] as const;

/** @throws StoreUnavailable (UNSUPPORTED) for a server that is too old, or too old to say how old it is */
export const assertNewEnough = (version: string, name: string): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new StoreUnavailable(
    'UNSUPPORTED',
    `The server at ${name} has version ${version}; EventStoreDB ${oldest.join('.')} or later, or KurrentDB, is needed.`,
  );
};

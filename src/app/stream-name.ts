const PREFIX = 'agreement-';

/** The stream that holds an agreement's events. */
export const streamOf = (agreementId: string): string => `${PREFIX}${agreementId}`;

/** The agreement whose events a stream holds; absent for a stream of something else. */
export const agreementOf = (stream: string): string | undefined =>
  stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : undefined;

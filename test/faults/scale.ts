/** Sizes of a fault: a short one for the suite, and the full one of `npm run faults`. */
export const scaled = (short: number, full: number): number =>
  process.env['FAULTS'] === 'full' ? full : short;

/** No test here says how fast something is: these only end what hangs, ms. */
export const PATIENCE = scaled(120_000, 3_600_000);

/** How often the other end of a quiet stream or socket hears from us, ms. */
export const PING_MS = 12_000;
/** A reader who takes nothing for that long is cut off, ms; it comes back with its last cursor. */
export const STALLED_MS = 60_000;

/** Characters that are compared at once. */
const BLOCK = 512;

/** How many characters two texts have in common at their beginning. */
export const commonStart = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + BLOCK <= most && a.slice(at, at + BLOCK) === b.slice(at, at + BLOCK)) at += BLOCK;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
};

/** How many characters two texts have in common at their end. */
export const commonEnd = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  const [ends, other] = [a.length, b.length];
  const same = (at: number) =>
    a.slice(ends - at - BLOCK, ends - at) === b.slice(other - at - BLOCK, other - at);
  let at = 0;
  while (at + BLOCK <= most && same(at)) at += BLOCK;
  while (at < most && a.charCodeAt(ends - 1 - at) === b.charCodeAt(other - 1 - at)) at++;
  return at;
};

/** A name that nothing else has. */
export function newId(): string {
  // `crypto.randomUUID` is only there on https and on this machine itself.
  const [one = 0, other = 0] = crypto.getRandomValues(new Uint32Array(2));
  return one.toString(36) + other.toString(36);
}

/**
 * Gives the memory of a buffer back at once; the buffer is empty then. The garbage collector would come by later, and go
 * through the whole heap for it. Only for who made the buffer, when nobody works with it any more.
 */
export function freeBuffer({ buffer, byteLength }: Uint8Array): void {
  // Not a part of a larger one, whose rest somebody may hold. Before Node.js 21 the collector alone can.
  const isWhole = byteLength > 0 && buffer.byteLength === byteLength;
  if (isWhole && buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}

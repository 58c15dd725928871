import { expect, test } from "vitest";

import { freeBuffer } from "./free-buffer.ts";

test.skipIf(!ArrayBuffer.prototype.transfer)("gives a buffer's memory back, once", () => {
  const before = process.memoryUsage().arrayBuffers;
  const buffer = Buffer.alloc(50_000_000);
  freeBuffer(buffer);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  expect(buffer.length).toBe(0);
  expect(() => freeBuffer(buffer)).not.toThrow();
});

test.each([
  ["a part of a larger buffer", Buffer.alloc(100).subarray(10, 20)],
  ["one of Node's own pool", Buffer.from("pooled")],
])("leaves %s, as others may hold the rest", (_what, buffer) => {
  const { length } = buffer;
  freeBuffer(buffer);
  expect(buffer.length).toBe(length);
});

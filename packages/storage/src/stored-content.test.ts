import { expect, test } from "vitest";

import { chunksOf, parseKey, storedContent } from "./index.ts";

const info = {
  key: parseKey("a.png"),
  bytes: 3,
  lastModified: new Date(0),
  etag: "x",
  mediaType: "image/png",
  metadata: {},
};

test.each([2, 4])("refuses a body of %i bytes where 3 were promised", async (length) => {
  const content = storedContent(info, new Blob([new Uint8Array(length)]).stream());
  await expect(content.bytes()).rejects.toMatchObject({
    code: "storage.truncated",
    retryable: true,
  });
});

test("cancels a body that is not read to its end", async () => {
  const cancelled: unknown[] = [];
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Uint8Array.of(1)),
    cancel: (reason) => void cancelled.push(reason),
  });
  for await (const chunk of chunksOf(body)) {
    expect(chunk).toEqual(Uint8Array.of(1));
    break;
  }
  expect(cancelled).toEqual([undefined]);
});

import { expect } from "vitest";

import { eicar } from "../eicar.ts";
import type { MalwareScanner } from "../malware-scanner.ts";

/** What a scanner in the suite takes for too large. */
export const contractMaxBytes = 1_000_000;

const infected = { verdict: "infected", signature: expect.stringMatching(/eicar/iu) as string };
const tooLarge = { verdict: "unscanned", reason: "too_large" };

/** Bytes that no signature matches, and that compress badly. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** A body in chunks; `ended` tells whether its source was read to the end or cancelled. */
function streamOf(bytes: Uint8Array, chunkBytes: number) {
  let offset = 0;
  const source = { ended: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset < bytes.length) controller.enqueue(bytes.slice(offset, (offset += chunkBytes)));
      else {
        source.ended = true;
        controller.close();
      }
    },
    cancel() {
      source.ended = true;
    },
  });
  return { stream, source };
}

/** A body that gives some bytes, calls back when more are wanted, and never ends. */
function stalledStream(bytes: Uint8Array, stalled: () => void): ReadableStream<Uint8Array> {
  const chunks = [bytes];
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = chunks.pop();
        if (chunk !== undefined) return controller.enqueue(chunk);
        stalled();
        return new Promise<void>(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

export const scannerBehaviors = {
  "calls harmless bytes clean": async (scanner: MalwareScanner) => {
    expect(await scanner.scan(noise(200_000))).toEqual({ verdict: "clean" });
    expect(await scanner.scan(streamOf(noise(200_000), 1 << 14).stream)).toEqual({
      verdict: "clean",
    });
  },

  "calls nothing at all clean": async (scanner: MalwareScanner) => {
    expect(await scanner.scan(new Uint8Array())).toEqual({ verdict: "clean" });
    expect(await scanner.scan(streamOf(new Uint8Array(), 1).stream)).toEqual({ verdict: "clean" });
  },

  "names what it finds": async (scanner: MalwareScanner) => {
    expect(await scanner.scan(eicar())).toEqual(infected);
  },

  "finds what is cut into single bytes": async (scanner: MalwareScanner) => {
    expect(await scanner.scan(streamOf(eicar(), 1).stream)).toEqual(infected);
  },

  "finds what follows a chunk of no bytes": async (scanner: MalwareScanner) => {
    const chunks = [new Uint8Array(), eicar(), new Uint8Array()];
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    expect(await scanner.scan(stream)).toEqual(infected);
  },

  "takes what is larger than it reads for unscanned, and reads no further": async (
    scanner: MalwareScanner,
  ) => {
    const bytes = noise(contractMaxBytes + 1);
    expect(await scanner.scan(bytes)).toEqual(tooLarge);
    const { stream, source } = streamOf(bytes, 1 << 16);
    expect(await scanner.scan(stream)).toEqual(tooLarge);
    expect(source.ended).toBe(true);
    expect(await scanner.scan(bytes.subarray(1))).toEqual({ verdict: "clean" });
  },

  "gives each of many at once its own verdict": async (scanner: MalwareScanner) => {
    const bodies = Array.from({ length: 24 }, (_, index) =>
      index % 3 === 0 ? eicar() : noise(50_000 + index),
    );
    const found = await Promise.all(bodies.map(async (body) => scanner.scan(body)));
    expect(found.map(({ verdict }) => verdict)).toEqual(
      bodies.map((_, index) => (index % 3 === 0 ? "infected" : "clean")),
    );
  },

  "rejects with the reason of an abort before the start, and cancels the body": async (
    scanner: MalwareScanner,
  ) => {
    const reason = new Error("changed my mind");
    const { stream, source } = streamOf(noise(1000), 100);
    await expect(scanner.scan(stream, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(source.ended).toBe(true);
    await expect(scanner.health({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  },

  "rejects with the reason of an abort while a body stalls": async (scanner: MalwareScanner) => {
    const reason = new Error("changed my mind");
    const client = new AbortController();
    const body = stalledStream(noise(1000), () => client.abort(reason));
    await expect(scanner.scan(body, { signal: client.signal })).rejects.toBe(reason);
    expect(await scanner.scan(eicar())).toEqual(infected);
  },

  "rejects with the failure of a body": async (scanner: MalwareScanner) => {
    const reason = new Error("the disk is gone");
    const chunks = [noise(1000)];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.pop();
        if (chunk === undefined) controller.error(reason);
        else controller.enqueue(chunk);
      },
    });
    await expect(scanner.scan(body)).rejects.toBe(reason);
    expect(await scanner.scan(eicar())).toEqual(infected);
  },

  "counts its verdicts": async (scanner: MalwareScanner) => {
    await scanner.scan(noise(10));
    await scanner.scan(noise(11));
    await scanner.scan(eicar());
    await scanner.scan(noise(contractMaxBytes + 1));
    expect(scanner.counts()).toEqual({ clean: 2, infected: 1, unscanned: 1 });
  },

  "is healthy": async (scanner: MalwareScanner) => {
    expect(await scanner.health()).toEqual({ ok: true });
  },
};

import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { isTintypeError } from "@tintype/errors";
import type { TintypeError } from "@tintype/errors";
import { describe, expect, test } from "vitest";

import { serve } from "../testing/serve.ts";
import { createGuardedFetch } from "./create-guarded-fetch.ts";
import { createGuardedOpen, type GuardedFetchOptions } from "./create-guarded-open.ts";

const picture = new Uint8Array([137, 80, 78, 71]);
const limits = { maxBytes: 100_000, timeoutMs: 5000, maxRedirects: 3 };

const sendPicture = (_: IncomingMessage, response: ServerResponse) =>
  response.setHeader("content-type", "Image/PNG; charset=x").end(picture);

/** A fetch for which 127.0.0.1 stands for the public internet and all the rest of it for the private one. */
function localFetch(options: Partial<GuardedFetchOptions> = {}) {
  return createGuardedFetch({
    ...limits,
    lookup: async () => ["127.0.0.1"],
    isAllowedAddress: (address) => address === "127.0.0.1",
    ...options,
  });
}

/** `/3` redirects to `/2`, and so on to the picture at `/0`. */
const countDown: RequestListener = (request, response) => {
  const left = Number(request.url?.slice(1));
  if (left === 0) return sendPicture(request, response);
  return response.writeHead(302, { location: `/${left - 1}` }).end("elsewhere");
};

const unresolved = () => Promise.reject(new Error("ENOTFOUND"));

async function failureOf(promise: Promise<unknown>): Promise<TintypeError> {
  try {
    await promise;
  } catch (error) {
    if (isTintypeError(error)) return error;
    throw error;
  }
  throw new Error("The fetch succeeded.");
}

const codeOf = async (promise: Promise<unknown>) => (await failureOf(promise)).code;

describe("createGuardedOpen", () => {
  const options = {
    ...limits,
    maxBytes: 20_000_000,
    lookup: async () => ["127.0.0.1"],
    isAllowedAddress: (address: string) => address === "127.0.0.1",
  };

  test("gives the body as it is asked for, without holding it", async () => {
    let sent = 0;
    const port = await serve((_, response) => {
      const send = () => {
        for (let isRoom = true; isRoom && sent < 200; sent += 1)
          isRoom = response.write(new Uint8Array(100_000));
        if (sent < 200) response.once("drain", send);
        else response.end();
      };
      send();
    });
    const { body } = await createGuardedOpen(options)(`http://a.example:${port}/`);
    await sleep(100);
    // What is under way fills the buffers of the connection, and no more.
    expect(sent).toBeLessThan(150);
    let size = 0;
    for await (const chunk of body) size += chunk.length;
    expect(size).toBe(20_000_000);
  });

  test("fails within the body where its limits are crossed there", async () => {
    const port = await serve((_, response) => {
      response.write(new Uint8Array(60_000));
      setImmediate(() => response.end(new Uint8Array(60_000)));
    });
    const opened = createGuardedOpen({ ...options, maxBytes: 100_000 });
    const { body } = await opened(`http://a.example:${port}/`);
    expect(await codeOf(new Response(body).arrayBuffer())).toBe("source.too_large");
    const stalling = await serve((_, response) => void response.write(picture));
    const { body: late } = await createGuardedOpen({ ...options, timeoutMs: 50 })(
      `http://a.example:${stalling}/`,
    );
    expect(await codeOf(new Response(late).arrayBuffer())).toBe("source.timeout");
  });

  test("lets go of a body that is cancelled", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await serve((request, response) => {
      request.once("close", () => closed.resolve());
      response.write(picture);
    });
    const { body } = await createGuardedOpen(options)(`http://a.example:${port}/`);
    const reader = body.getReader();
    await reader.read();
    await reader.cancel();
    await expect(closed.promise).resolves.toBeUndefined();
  });
});

describe("createGuardedFetch", () => {
  test("gives the bytes, the media type and the address, and asks for no encoding", async () => {
    let asked: IncomingMessage["headers"] = {};
    const port = await serve((request, response) => {
      asked = request.headers;
      sendPicture(request, response);
    });
    expect(await localFetch()(`http://a.example:${port}/x.png#part`)).toEqual({
      bytes: picture,
      mediaType: "image/png",
      url: `http://a.example:${port}/x.png`,
    });
    expect(asked).toMatchObject({ host: `a.example:${port}`, "accept-encoding": "identity" });
  });

  test("gives no media type when the server claims none", async () => {
    const port = await serve((_, response) => response.end(picture));
    expect(await localFetch()(`http://a.example:${port}/`)).toMatchObject({ mediaType: undefined });
  });
});

describe("addresses", () => {
  test.each([
    "http://localhost/",
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://127.1/",
    "http://0/",
    "http://10.0.0.1:8080/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00:ec2::254]/",
    "http://[64:ff9b::7f00:1]/",
  ])("refuses %s by default", async (url) => {
    expect(await codeOf(createGuardedFetch(limits)(url))).toBe("source.private_address");
  });

  test.each([[["1.1.1.1", "127.0.0.1"]], [["10.1.2.3"]], [["::ffff:1.1.1.1"]], [["what"]]])(
    "refuses a name that resolves to %j, without saying so",
    async (addresses) => {
      const guarded = createGuardedFetch({ ...limits, lookup: async () => addresses });
      const error = await failureOf(guarded("http://a.example/"));
      expect(error).toMatchObject({ code: "source.private_address", kind: "forbidden" });
      expect(addresses.filter((address) => error.message.includes(address))).toEqual([]);
    },
  );

  test("dials the address that was checked: a name is looked up once for a connection", async () => {
    const port = await serve(sendPicture);
    const answers = [["127.0.0.1"], ["127.0.0.2"]];
    const guarded = localFetch({ lookup: async () => answers.shift() ?? [] });
    expect(await guarded(`http://a.example:${port}/`)).toMatchObject({ bytes: picture });
    expect(answers).toEqual([["127.0.0.2"]]);
    expect(await codeOf(guarded(`http://a.example:${port}/`))).toBe("source.private_address");
  });

  test("looks a name up again after a redirect, and refuses it when it has turned private", async () => {
    const port = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
    const answers = [["127.0.0.1"], ["127.0.0.2"]];
    const guarded = localFetch({ lookup: async () => answers.shift() ?? [] });
    expect(await codeOf(guarded(`http://a.example:${port}/`))).toBe("source.private_address");
  });

  test("refuses hosts that are denied or not allowed, before anything is looked up", async () => {
    const guarded = createGuardedFetch({
      ...limits,
      lookup: unresolved,
      allowHosts: ["a.example", "*.b.example"],
      denyHosts: ["bad.b.example"],
    });
    expect(await codeOf(guarded("http://c.example/"))).toBe("source.host_denied");
    expect(await codeOf(guarded("http://bad.b.example./"))).toBe("source.host_denied");
    expect(await codeOf(guarded("http://good.b.example/"))).toBe("source.unreachable");
    expect(await codeOf(guarded("http://a.example/"))).toBe("source.unreachable");
  });

  test("does not let an allowed host be private", async () => {
    const guarded = createGuardedFetch({ ...limits, allowHosts: ["localhost"] });
    expect(await codeOf(guarded("http://localhost/"))).toBe("source.private_address");
  });
});

describe("redirects", () => {
  test("are followed as often as allowed, and no more", async () => {
    const port = await serve(countDown);
    const url = `http://a.example:${port}`;
    expect(await localFetch()(`${url}/3`)).toMatchObject({ bytes: picture, url: `${url}/0` });
    expect(await codeOf(localFetch()(`${url}/4`))).toBe("source.too_many_redirects");
    expect(await codeOf(localFetch({ maxRedirects: 0 })(`${url}/1`))).toBe(
      "source.too_many_redirects",
    );
  });

  test.each([
    ["http://169.254.169.254/latest/meta-data/", "source.private_address"],
    ["http://[::1]/", "source.private_address"],
    ["http://denied.example/", "source.host_denied"],
    ["file:///etc/passwd", "source.invalid_url"],
    ["http://user:password@a.example/", "source.invalid_url"],
    ["http://a.example:22/", "source.invalid_url"],
  ])("to %s are refused", async (location, code) => {
    const port = await serve((_, response) => response.writeHead(307, { location }).end());
    const guarded = localFetch({ denyHosts: ["denied.example"] });
    expect(await codeOf(guarded(`http://a.example:${port}/`))).toBe(code);
  });

  test("without a location are an answer that is no picture", async () => {
    const port = await serve((_, response) => response.writeHead(302).end());
    expect(await codeOf(localFetch()(`http://a.example:${port}/`))).toBe("source.http_error");
  });
});

describe("limits", () => {
  test("let a body of exactly the limit pass", async () => {
    const port = await serve((_, response) => response.end(Buffer.alloc(1000)));
    const { bytes } = await localFetch({ maxBytes: 1000 })(`http://a.example:${port}/`);
    expect(bytes.length).toBe(1000);
  });

  test("refuse a body that is announced as too large, without waiting for it", async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1001" }).flushHeaders();
    });
    const guarded = localFetch({ maxBytes: 1000, timeoutMs: 60_000 });
    const error = await failureOf(guarded(`http://a.example:${port}/`));
    expect(error).toMatchObject({ code: "source.too_large", kind: "limit_exceeded" });
  });

  test("stop a body without an end", async () => {
    const port = await serve((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1000)));
      };
      response.on("drain", pour);
      pour();
    });
    expect(await codeOf(localFetch()(`http://a.example:${port}/`))).toBe("source.too_large");
  });

  test.each([
    ["gzip", gzipSync(Buffer.alloc(20_000_000))],
    ["br", brotliCompressSync(Buffer.alloc(20_000_000))],
  ])("count what %s unpacks to, and stop a bomb", async (encoding, bomb) => {
    const port = await serve((_, response) =>
      response.setHeader("content-encoding", encoding).end(bomb),
    );
    expect(bomb.length).toBeLessThan(limits.maxBytes);
    expect(await codeOf(localFetch()(`http://a.example:${port}/`))).toBe("source.too_large");
  });

  test("undo an encoding that was not asked for", async () => {
    const port = await serve((_, response) =>
      response.setHeader("content-encoding", "gzip").end(gzipSync(picture)),
    );
    expect(await localFetch()(`http://a.example:${port}/`)).toMatchObject({ bytes: picture });
  });
});

describe("the deadline", () => {
  test("ends a body that trickles", async () => {
    const port = await serve((_, response) => {
      const trickle = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(trickle));
    });
    const error = await failureOf(localFetch({ timeoutMs: 150 })(`http://a.example:${port}/`));
    expect(error).toMatchObject({ code: "source.timeout", retryable: true });
  });

  test("ends a wait for headers", async () => {
    const port = await serve(() => {});
    expect(await codeOf(localFetch({ timeoutMs: 150 })(`http://a.example:${port}/`))).toBe(
      "source.timeout",
    );
  });

  test("ends a look-up that never answers", async () => {
    const guarded = localFetch({ timeoutMs: 150, lookup: () => new Promise(() => {}) });
    expect(await codeOf(guarded("http://a.example/"))).toBe("source.timeout");
  });

  test("runs over all redirects together", async () => {
    const port = await serve((_, response) => {
      setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60);
    });
    const guarded = localFetch({ timeoutMs: 150, maxRedirects: 1000 });
    expect(await codeOf(guarded(`http://a.example:${port}/`))).toBe("source.timeout");
  });
});

describe("the caller's signal", () => {
  test("passes its own reason through before the start", async () => {
    const reason = new Error("changed my mind");
    const fetched = localFetch()("http://a.example/", { signal: AbortSignal.abort(reason) });
    await expect(fetched).rejects.toBe(reason);
  });

  test.each(["headers", "body"])(
    "passes its own reason through while the %s are awaited",
    async (part) => {
      const reason = new Error("changed my mind");
      const controller = new AbortController();
      const port = await serve((_, response) => {
        if (part === "body") response.write("x");
        setTimeout(() => controller.abort(reason), 20);
      });
      const fetched = localFetch()(`http://a.example:${port}/`, { signal: controller.signal });
      await expect(fetched).rejects.toBe(reason);
    },
  );
});

describe("failures", () => {
  test.each([
    [404, false],
    [401, false],
    [304, false],
    [429, true],
    [500, true],
    [503, true],
  ])("with status %i say so", async (status, retryable) => {
    const port = await serve((_, response) => response.writeHead(status).end("no"));
    const error = await failureOf(localFetch()(`http://a.example:${port}/?token=hush`));
    expect(error).toMatchObject({
      code: "source.http_error",
      kind: "upstream",
      details: { status },
      retryable,
      retryAfterMs: undefined,
    });
    expect(error.message).not.toContain("hush");
  });

  test("carry how long the server asks to wait", async () => {
    const port = await serve((_, response) =>
      response.writeHead(503, { "retry-after": "7" }).end(),
    );
    const error = await failureOf(localFetch()(`http://a.example:${port}/`));
    expect(error.retryAfterMs).toBe(7000);
  });

  test("name an empty body", async () => {
    const port = await serve((_, response) => response.end());
    expect(await codeOf(localFetch()(`http://a.example:${port}/`))).toBe("source.empty");
  });

  test.each<[string, RequestListener]>([
    ["breaks off in the body", (_, response) => response.write("x", () => response.destroy())],
    ["hangs up", (request) => request.socket.destroy()],
    [
      "sends a broken encoding",
      (_, response) => response.setHeader("content-encoding", "gzip").end("plain"),
    ],
  ])("name a server that %s", async (_, listener) => {
    const port = await serve(listener);
    const error = await failureOf(localFetch()(`http://a.example:${port}/?token=hush`));
    expect(error).toMatchObject({ code: "source.unreachable", kind: "upstream", retryable: true });
    expect(error.message).not.toMatch(/hush|127\.0/);
  });

  test.each([
    ["that has no address", async () => []],
    ["that does not resolve", unresolved],
  ])("name a host %s", async (_, lookup) => {
    expect(await codeOf(localFetch({ lookup })("http://a.example/"))).toBe("source.unreachable");
  });
});

import { text } from "node:stream/consumers";

import { expect, test } from "vitest";

import { serve, type Listener } from "../testing/serve.ts";
import { createGuardedPost, type GuardedPostOptions } from "./create-guarded-post.ts";

const limits = { timeoutMs: 5000 };
const message = { body: `{"a":1}`, headers: { "content-type": "application/json" } };

/** A web server on this machine under a name, for the length of a test; gives its address. */
const serveAt = async (listener: Listener) => `http://a.example:${await serve(listener)}`;

/** A post for which 127.0.0.1 stands for the public internet and all the rest of it for the private one. */
function localPost(options: Partial<GuardedPostOptions> = {}) {
  return createGuardedPost({
    ...limits,
    lookup: async () => ["127.0.0.1"],
    isAllowedAddress: (address) => address === "127.0.0.1",
    ...options,
  });
}

test("sends the body with its headers, and gives the status whatever it is", async () => {
  const heard: unknown[] = [];
  const url = await serveAt(async (request, response) => {
    const { method, headers } = request;
    heard.push([method, headers["content-type"], await text(request)]);
    response.writeHead(418).end();
  });
  expect(await localPost()(url, message)).toBe(418);
  expect(heard).toEqual([["POST", "application/json", `{"a":1}`]]);
});

test("follows no redirect", async () => {
  const asked: unknown[] = [];
  const url = await serveAt(({ url: path }, response) => {
    asked.push(path);
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  expect(await localPost()(url, message)).toBe(307);
  expect(asked).toEqual(["/"]);
});

test("waits for no answer's end", async () => {
  const url = await serveAt((_, response) => response.writeHead(200).write("x"));
  expect(await localPost()(url, message)).toBe(200);
});

test.each([
  "http://127.0.0.1:8787/",
  "http://localhost/",
  "http://0x7f000001/",
  "http://169.254.169.254/latest/meta-data/",
  "http://[::ffff:10.0.0.1]/",
])("does not reach %s by default", async (url) => {
  await expect(createGuardedPost(limits)(url, message)).rejects.toMatchObject({
    code: "source.private_address",
    retryable: false,
  });
});

test("does not reach a name that turned private since it was last looked up", async () => {
  let requests = 0;
  const url = await serveAt((_, response) => {
    requests += 1;
    response.end();
  });
  const answers = [["127.0.0.1"], ["127.0.0.2"]];
  const post = localPost({ lookup: async () => answers.shift() ?? [] });
  expect(await post(url, message)).toBe(200);
  await expect(post(url, message)).rejects.toMatchObject({ code: "source.private_address" });
  expect(requests).toBe(1);
});

test.each([
  ["http://denied.example/", "source.host_denied"],
  ["file:///etc/passwd", "source.invalid_url"],
  ["http://user:password@a.example/", "source.invalid_url"],
  ["http://a.example:22/", "source.invalid_url"],
])("refuses %s", async (url, code) => {
  const post = localPost({ denyHosts: ["denied.example"] });
  await expect(post(url, message)).rejects.toMatchObject({ code });
});

test("gives up on a server that is silent, and may try it later", async () => {
  const url = await serveAt(() => {});
  await expect(localPost({ timeoutMs: 100 })(url, message)).rejects.toMatchObject({
    code: "source.unreachable",
    retryable: true,
  });
  const reason = new Error("changed my mind");
  const signal = AbortSignal.abort(reason);
  await expect(localPost()(url, { ...message, signal })).rejects.toBe(reason);
});

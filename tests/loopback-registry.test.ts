import { expect, test } from "vitest";

import { LoopbackRegistry, type PublishedPackage } from "../tools/loopback-registry.ts";

/** Sends a version of `@scope/a` as npm does: the manifest with an address of its own, and the tarball inside. */
async function publish(url: string, version: string, content: string): Promise<number> {
  const file = `@scope/a-${version}.tgz`;
  const response = await fetch(`${url}@scope%2fa`, {
    method: "PUT",
    body: JSON.stringify({
      name: "@scope/a",
      "dist-tags": { latest: version },
      versions: { [version]: { dist: { tarball: `http://elsewhere.invalid/@scope/a/-/${file}` } } },
      _attachments: { [file]: { data: Buffer.from(content).toString("base64") } },
    }),
  });
  return response.status;
}

test("every published version can be looked up and downloaded, the last being the latest", async () => {
  await using registry = await LoopbackRegistry.start();
  expect(await publish(registry.url, "1.0.0", "first")).toBe(201);
  expect(await publish(registry.url, "1.1.0", "second")).toBe(201);

  const answer = await fetch(`${registry.url}@scope%2fa`);
  const { versions, "dist-tags": tags } = (await answer.json()) as PublishedPackage;
  expect(tags).toEqual({ latest: "1.1.0" });
  const downloads = Object.entries(versions).map(async ([version, { dist }]) => [
    version,
    await (await fetch(dist.tarball)).text(),
  ]);
  expect(await Promise.all(downloads)).toEqual([
    ["1.0.0", "first"],
    ["1.1.0", "second"],
  ]);
});

test("a package that nobody published is not found, and nonsense is refused", async () => {
  await using registry = await LoopbackRegistry.start();
  expect((await fetch(`${registry.url}@scope%2fa`)).status).toBe(404);
  expect((await fetch(`${registry.url}a`, { method: "PUT", body: "{" })).status).toBe(500);
});

test("nobody listens once the registry is disposed of", async () => {
  let url: string;
  {
    await using registry = await LoopbackRegistry.start();
    url = registry.url;
  }
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

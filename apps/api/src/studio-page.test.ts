import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { studioPage } from "./studio-page.ts";

function built(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-studio-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "studio"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Studio</title>");
  writeFileSync(join(folder, "studio", "app-3f2a.js"), "export {};");
  writeFileSync(join(folder, "other.txt"), "not of the page");
  return folder + sep;
}

test("the page may run and ask nothing but what this service gives out", async () => {
  const page = await studioPage(built()).request("/");
  expect(page.headers.get("content-type")).toMatch(/^text\/html/u);
  expect(page.headers.get("cache-control")).toBe("no-cache");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/u);
});

test("its scripts never change under their names", async () => {
  const script = await studioPage(built()).request("/studio/app-3f2a.js");
  expect(script.headers.get("content-type")).toMatch(/^text\/javascript/u);
  expect(script.headers.get("cache-control")).toContain("immutable");
});

test.each(["/other.txt", "/studio/none.js", "/studio/..%2fother.txt", "/studio"])(
  "%s is not served",
  async (path) => {
    expect((await studioPage(built()).request(path)).status).toBe(404);
  },
);

test("where nothing was built the reference is shown", async () => {
  const answer = await studioPage(join(tmpdir(), "tintype-no-such-folder") + sep).request("/");
  expect(answer.headers.get("location")).toBe("/docs");
});

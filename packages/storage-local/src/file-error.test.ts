import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseKey } from "@tintype/storage";
import { describe, expect, onTestFinished, test } from "vitest";

import { fileError } from "./file-error.ts";
import { createLocalStorage } from "./index.ts";

const bytes = Uint8Array.of(1);

describe("fileError", () => {
  test.each([
    ["ENOSPC", "write", "unavailable", "storage.full"],
    ["EDQUOT", "write", "unavailable", "storage.full"],
    ["EACCES", "write", "configuration", "storage.not_writable"],
    ["EROFS", "write", "configuration", "storage.not_writable"],
    ["EACCES", "read", "configuration", "storage.not_readable"],
    ["ENOTDIR", "write", "invalid_input", "storage.key_conflict"],
    ["EISDIR", "write", "invalid_input", "storage.key_conflict"],
    ["ENAMETOOLONG", "write", "invalid_input", "storage.invalid_key"],
    ["ELOOP", "read", "forbidden", "storage.outside_root"],
    ["EIO", "read", "unavailable", "storage.read_failed"],
    ["EMFILE", "write", "unavailable", "storage.write_failed"],
  ] as const)("tells %s of a %s as %s, %s, without the path", (system, action, kind, code) => {
    const cause = Object.assign(new Error(`${system}: open '/srv/files/a'`), {
      code: system,
      syscall: "open",
    });
    const error = fileError(cause, action, "a");
    expect(error).toMatchObject({ kind, code });
    expect(JSON.stringify([String(error), error])).not.toContain("/srv");
  });

  test("leaves alone what the system did not throw", () => {
    const reason = new Error("no longer wanted");
    expect(fileError(reason, "read", "a")).toBe(reason);
  });
});

test("a name cannot be an object and a folder at once", async () => {
  const root = await mkdtemp(join(tmpdir(), "tintype-conflict-"));
  onTestFinished(async () => rm(root, { recursive: true }));
  const storage = createLocalStorage({ root });
  const [object, below] = [parseKey("a"), parseKey("a/b")];
  const conflict = { kind: "invalid_input", code: "storage.key_conflict" };

  await storage.put(object, bytes);
  await expect(storage.put(below, bytes)).rejects.toMatchObject(conflict);
  await expect(storage.get(below)).rejects.toMatchObject({ code: "storage.not_found" });
  expect(await storage.head(below)).toBeUndefined();
  await storage.delete(below);

  await storage.delete(object);
  await storage.put(below, bytes);
  await expect(storage.put(object, bytes)).rejects.toMatchObject(conflict);
  await expect(storage.get(object)).rejects.toMatchObject({ code: "storage.not_found" });
  await storage.delete(object);
  expect(await storage.head(below)).toMatchObject({ bytes: 1 });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openTestDatabase, sqliteEngine } from "@tintype/database/testing";
import { onTestFinished } from "vitest";

import { dispatcherContract } from "../suite/dispatcher-contract.ts";
import { createFileBell } from "./bell.ts";
import { createEmbeddedDispatcher } from "./embedded-dispatcher.ts";

dispatcherContract("the embedded dispatcher", {
  async create() {
    const folder = mkdtempSync(join(tmpdir(), "tintype-bell-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const bell = createFileBell(join(folder, "bell"));
    return {
      database: await openTestDatabase(sqliteEngine),
      dispatcher: () => createEmbeddedDispatcher({ bell, pollMs: 60_000 }),
    };
  },
});

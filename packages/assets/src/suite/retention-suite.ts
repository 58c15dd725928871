import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { TestEngine } from "@tintype/database/testing";
import { parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { picture } from "./pictures.ts";
import { testLibrary } from "./test-library.ts";

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const nothing = { files: 0, blobs: 0, uploads: 0, assets: 0, results: 0, outputs: 0 };

/** Registers what cleaning up promises. */
export function retentionSuite(engine: TestEngine): void {
  describe(`cleaning up, on ${engine.engine}`, () => {
    test("removes temporary pictures after a day, and no others", async () => {
      const { library, wait } = await testLibrary(engine);
      const brief = await library.ingest({ temporary: true }, await picture("red"));
      const lasting = await library.ingest({}, await picture("red"));
      wait(day - hour);
      expect(await library.cleanUp()).toEqual(nothing);
      wait(2 * hour);
      expect(await library.cleanUp({ dryRun: true })).toEqual({ ...nothing, assets: 1 });
      expect((await library.list()).assets).toHaveLength(2);
      expect(await library.cleanUp()).toEqual({ ...nothing, assets: 1 });
      await expect(library.get(brief.id)).rejects.toMatchObject({ code: "asset.not_found" });
      const kept = await library.open(await library.locate(lasting.id));
      expect((await kept.bytes()).length).toBe(lasting.bytes);
    });

    test("removes the pipeline's files after seven days, and never what a record names", async () => {
      const { library, storage, wait, keys } = await testLibrary(engine, {
        prefix: "outputs/kept",
      });
      const { id } = await library.ingest({}, await picture("red"));
      await storage.put(parseKey("outputs/a/b.png"), await picture("blue"));
      await storage.put(parseKey("other/c.png"), await picture("blue"));
      wait(6 * day);
      expect(await library.cleanUp()).toEqual(nothing);
      wait(2 * day);
      expect(await library.cleanUp({ dryRun: true })).toEqual({ ...nothing, outputs: 1 });
      expect(await library.cleanUp()).toEqual({ ...nothing, outputs: 1 });
      expect(await keys()).toHaveLength(3);
      expect(await keys()).toContain("other/c.png");
      expect((await (await library.open(await library.locate(id))).bytes()).length).toBeGreaterThan(
        0,
      );
    });

    test("leaves the pipeline's files that others name", async () => {
      const named = parseKey("outputs/a/named.png");
      const { library, storage, wait, keys } = await testLibrary(engine, {
        namedElsewhere: async () => new Set([named]),
      });
      for (const key of [named, parseKey("outputs/a/forgotten.png")])
        await storage.put(key, await picture("blue"));
      wait(8 * day);
      expect(await library.cleanUp()).toEqual({ ...nothing, outputs: 1 });
      expect(await keys()).toEqual([named]);
    });

    test("sweeps what crashes left, and touches nothing that is only old", async () => {
      const { library, storage, database, incomingFolder, wait, keys } = await testLibrary(engine);
      await library.ingest({ temporary: true }, await picture("red"));
      const before = await keys();
      await storage.put(parseKey("assets/default/put.png"), Uint8Array.of(1));
      await database.queries.insertInto("blobs").values(row("put", "writing")).execute();
      const left = join(incomingFolder, `${crypto.randomUUID()}.incoming`);
      writeFileSync(left, "x");
      expect(await library.sweep()).toEqual({ files: 0, blobs: 0 });
      wait(8 * day);
      expect(await library.sweep()).toEqual({ files: 1, blobs: 1 });
      expect(await keys()).toEqual(before);
      expect(readdirSync(incomingFolder)).toEqual([]);
    });

    test("tells the projects with what they hold and their own rules", async () => {
      const { library } = await testLibrary(engine);
      expect(await library.projects()).toEqual([]);
      const { bytes } = await library.ingest({ project: "b" }, await picture("red"));
      await library.ingest({ project: "b" }, await picture("red"));
      await library.setRetention("a", { outputsMs: hour });
      await library.setRetention("b", { outputsMs: hour });
      await library.setRetention("b", { temporaryMs: day });
      expect(await library.projects()).toEqual([
        { name: "a", pictures: 0, bytes: 0, temporaryMs: null, outputsMs: hour },
        { name: "b", pictures: 2, bytes: 2 * bytes, temporaryMs: day, outputsMs: null },
      ]);
    });

    test("follows a project's own rules, and those given for once before them", async () => {
      const given = await testLibrary(engine);
      const { library, storage, wait } = given;
      await library.setRetention("short", { temporaryMs: hour, outputsMs: hour });
      await library.setRetention("long", { temporaryMs: 30 * day });
      const upload = { temporary: true };
      await library.ingest({ ...upload, project: "short" }, await picture("red"));
      await library.ingest({ ...upload, project: "long" }, await picture("red"));
      const { id, sha256, bytes } = await library.ingest(
        { project: "short" },
        await picture("red"),
      );
      const key = parseKey("outputs/r/a.png");
      await storage.put(key, await picture("red"));
      const file = { format: "png", mediaType: "image/png", width: 60, height: 40 };
      await library.addVersions(id, [{ name: "r", ...file, bytes, sha256, key, recipe: {} }]);
      wait(2 * hour);
      expect(await library.cleanUp()).toEqual({ ...nothing, assets: 1, results: 1 });
      expect((await library.get(id)).versions.map(({ number }) => number)).toEqual([0, 1]);
      wait(2 * day);
      expect(await library.cleanUp()).toEqual(nothing);
      expect(await library.cleanUp({ temporaryMs: day })).toEqual({ ...nothing, assets: 1 });
    });

    test("removes places that nobody completed, with what was put there", async () => {
      const { library, storage, wait, keys } = await testLibrary(engine);
      const offer = await library.offerUpload({ mediaType: "image/png", bytes: 3 });
      const key = parseKey(new URL(offer.upload.url).pathname.slice(1));
      await storage.put(key, Uint8Array.of(1, 2, 3));
      wait(hour + 1000);
      expect(await library.cleanUp()).toEqual(nothing);
      wait(hour);
      expect(await library.cleanUp()).toEqual({ ...nothing, uploads: 1 });
      expect(await keys()).toEqual([]);
      await expect(library.completeUpload(offer.id)).rejects.toMatchObject({
        code: "asset.not_found",
      });
    });

    test("removes files of uploads that ended with their process, and nobody else's", async () => {
      const { library, incomingFolder } = await testLibrary(engine);
      const names = [
        `${crypto.randomUUID()}.incoming`,
        `${crypto.randomUUID()}.incoming`,
        "mine.txt",
      ];
      for (const name of names) writeFileSync(join(incomingFolder, name), "x");
      const old = (Date.now() - 2 * day) / 1000;
      for (const name of [names[0], names[2]])
        utimesSync(join(incomingFolder, name ?? ""), old, old);
      expect(await library.cleanUp()).toEqual({ ...nothing, files: 1 });
      expect(readdirSync(incomingFolder).toSorted()).toEqual(names.slice(1).toSorted());
    });

    test("collects bytes that a crash left, before and after they were stored", async () => {
      const { library, storage, database, wait, keys } = await testLibrary(engine);
      const rows = [row("put", "writing"), row("unput", "writing"), row("half", "deleting")];
      await database.queries.insertInto("blobs").values(rows).execute();
      await storage.put(parseKey("assets/default/put.png"), Uint8Array.of(1));
      expect(await library.cleanUp()).toEqual({ ...nothing, blobs: 1 });
      wait(2 * hour);
      expect(await library.cleanUp()).toEqual({ ...nothing, blobs: 2 });
      expect(await library.cleanUp()).toEqual(nothing);
      expect(await keys()).toEqual([]);
    });
  });
}

function row(id: string, state: "writing" | "deleting") {
  const key = `assets/default/${id}.png`;
  return { id, sha256: id, bytes: 1, key, state, changed_at: Date.now() };
}

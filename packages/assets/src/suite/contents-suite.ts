import type { TestEngine } from "@tintype/database/testing";
import { parseKey } from "@tintype/storage";
import { array, assert, asyncProperty, boolean, nat, record } from "fast-check";
import { describe, expect, test } from "vitest";

import type { Result } from "../add-versions.ts";
import { picture } from "./pictures.ts";
import { testLibrary, type TestLibrary } from "./test-library.ts";

/** A finished file of the pipeline in the storage. */
async function resultOf(
  { storage }: TestLibrary,
  color: string,
  recipe: unknown = {},
): Promise<Result> {
  const data = await picture(color);
  const key = parseKey(`outputs/${color}/a.png`);
  await storage.put(key, data);
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(data));
  const sha256 = Buffer.from(digest).toString("hex");
  const file = { format: "png", mediaType: "image/png", width: 60, height: 40 };
  return { name: color, ...file, bytes: data.length, sha256, key, recipe };
}

/** Registers what the library promises of bytes and of who names them. */
export function contentsSuite(engine: TestEngine): void {
  describe(`contents, on ${engine.engine}`, () => {
    test("the same bytes are stored once, and stay until nobody names them", async () => {
      const { library, keys } = await testLibrary(engine);
      const bytes = await picture("red");
      const first = await library.ingest({ project: "a", name: "1.png" }, bytes);
      const second = await library.ingest({ project: "b", name: "2.png" }, bytes);
      expect(await keys()).toHaveLength(2);
      await library.delete(first.id);
      const kept = await library.open(await library.locate(second.id));
      expect(Buffer.from(await kept.bytes()).equals(bytes)).toBe(true);
      await library.delete(second.id);
      expect(await keys()).toEqual([]);
      await expect(library.delete(second.id)).rejects.toMatchObject({ code: "asset.not_found" });
    });

    test("the same bytes that come in at the same moment are stored once", async () => {
      const { library, another, keys } = await testLibrary(engine);
      const bytes = await picture("red");
      const libraries = [library, another(), another(), another()];
      const assets = await Promise.all(libraries.map(async (one) => one.ingest({}, bytes)));
      expect(new Set(assets.map(({ id }) => id)).size).toBe(4);
      expect(await keys()).toHaveLength(2);
    });

    test("coming and going in any order never leaves a record without bytes, or bytes without a record", async () => {
      const colors = ["red", "green", "blue"] as const;
      const pictures = await Promise.all(colors.map(async (color) => picture(color)));
      const action = record({ add: boolean(), which: nat({ max: 2 }) });
      await assert(
        asyncProperty(array(array(action, { maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
          const { library, another, keys } = await testLibrary(engine);
          const other = another();
          const ids: string[][] = [[], [], []];
          for (const round of rounds)
            await Promise.all(
              round.map(async ({ add, which }, index) => {
                const one = index % 2 === 0 ? library : other;
                const id = add ? undefined : ids[which]?.pop();
                if (add) ids[which]?.push((await one.ingest({}, pictures[which] as Buffer)).id);
                else if (id !== undefined) await one.delete(id);
              }),
            );
          for (const id of ids.flat())
            for (const number of [0, 1])
              await (await library.open(await library.locate(id, number))).bytes();
          await library.cleanUp({ abandonedMs: 0 });
          const alive = ids.filter((list) => list.length > 0).length;
          expect(await keys()).toHaveLength(2 * alive);
        }),
        { numRuns: 6 },
      );
    });

    test("each result is a version of its own with its recipe, and never the original", async () => {
      const given = await testLibrary(engine);
      const { library, storage } = given;
      const bytes = await picture("red");
      const { id } = await library.ingest({}, bytes);
      const recipe = { steps: [{ step: "tint", color: "blue" }] };
      const numbers = await Promise.all([
        library.addVersions(id, [
          await resultOf(given, "blue", recipe),
          await resultOf(given, "green"),
        ]),
        library.addVersions(id, [await resultOf(given, "yellow")]),
      ]);
      expect(numbers.flat().toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
      await storage.delete(parseKey("outputs/blue/a.png"));
      const asset = await library.get(id);
      const blue = asset.versions.find(({ name }) => name === "blue");
      expect(blue).toMatchObject({ recipe, width: 60, mediaType: "image/png" });
      const content = await library.open(await library.locate(id, blue?.number));
      expect(Buffer.from(await content.bytes()).equals(await picture("blue"))).toBe(true);
      const original = await library.open(await library.locate(id));
      expect(Buffer.from(await original.bytes()).equals(bytes)).toBe(true);
    });

    test("a result of bytes that are there already takes no more room", async () => {
      const given = await testLibrary(engine);
      const { library, keys } = given;
      const { id } = await library.ingest({}, await picture("blue"));
      const before = await keys();
      await library.addVersions(id, [await resultOf(given, "blue")]);
      expect(await keys()).toEqual([...before, "outputs/blue/a.png"]);
      await library.delete(id);
      expect(await keys()).toEqual(["outputs/blue/a.png"]);
    });

    test("a version that is not there, or of an asset that is not there, is not found", async () => {
      const given = await testLibrary(engine);
      const { library } = given;
      const { id } = await library.ingest({}, await picture("red"));
      await expect(library.locate(id, 7)).rejects.toMatchObject({ code: "asset.no_such_version" });
      await library.delete(id);
      const late = library.addVersions(id, [await resultOf(given, "blue")]);
      await expect(late).rejects.toMatchObject({ code: "asset.not_found" });
      await library.cleanUp({ abandonedMs: 0 });
      expect(await given.keys()).toEqual(["outputs/blue/a.png"]);
    });
  });
}

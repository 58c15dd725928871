import type { TestEngine } from "@tintype/database/testing";
import { describe, expect, test } from "vitest";

import type { AssetLibrary } from "../asset-library.ts";
import type { AssetQueryInput } from "../asset-query.ts";
import { picture } from "./pictures.ts";
import { testLibrary } from "./test-library.ts";

/** Every page of a list. */
async function pages(library: AssetLibrary, query: AssetQueryInput): Promise<readonly string[][]> {
  const found: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await library.list({ ...query, ...(cursor !== undefined && { cursor }) });
    found.push(page.assets.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

/** Registers what lists promise. */
export function listingSuite(engine: TestEngine): void {
  describe(`lists, on ${engine.engine}`, () => {
    test("show the newest first, and follow filters, search and order", async () => {
      const { library } = await testLibrary(engine);
      const add = async (name: string, project: string, tags: readonly string[], side: number) =>
        library.ingest({ name, project, tags: [...tags] }, await picture("red", { width: side }));
      await add("Bär.png", "zoo", ["brown", "large"], 60);
      await add("ant 100%.png", "zoo/small", ["brown"], 50);
      await add("cat_1.png", "home", ["soft"], 70);
      await add("catx1.png", "zoos", ["large"], 80);

      const names = async (query: AssetQueryInput) => (await pages(library, query)).flat();
      expect(await names({})).toEqual(["catx1.png", "cat_1.png", "ant 100%.png", "Bär.png"]);
      expect(await names({ project: "zoo" })).toEqual(["ant 100%.png", "Bär.png"]);
      expect(await names({ tags: ["brown"] })).toEqual(["ant 100%.png", "Bär.png"]);
      expect(await names({ tags: ["Brown", "large"] })).toEqual(["Bär.png"]);
      expect(await names({ search: "BÄR" })).toEqual(["Bär.png"]);
      expect(await names({ search: "cat_" })).toEqual(["cat_1.png"]);
      expect(await names({ search: "0%" })).toEqual(["ant 100%.png"]);
      expect(await names({ search: "sof" })).toEqual(["cat_1.png"]);
      expect(await names({ format: "jpeg" })).toEqual([]);
      expect(await names({ sort: "name" })).toEqual([
        "ant 100%.png",
        "Bär.png",
        "cat_1.png",
        "catx1.png",
      ]);
      const second = (await library.list()).assets[1];
      expect(await names({ sha256: second?.sha256 ?? "" })).toEqual(["cat_1.png"]);
      expect(await names({ createdAfter: second?.createdAt ?? "" })).toEqual([
        "catx1.png",
        "cat_1.png",
      ]);
      expect(await names({ createdBefore: second?.createdAt ?? "" })).toEqual([
        "ant 100%.png",
        "Bär.png",
      ]);
    });

    test.each(["created", "name", "bytes"] as const)(
      "come in pages, sorted by %s, of which each picture is on one, also where many are equal",
      async (sort) => {
        const { library } = await testLibrary(engine);
        for (const name of ["b", "a", "b", "c", "a"])
          await library.ingest({ name }, await picture("red"));
        for (const order of ["asc", "desc"] as const) {
          const all = (await pages(library, { sort, order })).flat();
          const paged = await pages(library, { sort, order, limit: 2 });
          expect(paged.map((page) => page.length)).toEqual([2, 2, 1]);
          expect(paged.flat()).toEqual(all);
          const { assets } = await library.list({ sort, order });
          expect(new Set(assets.map(({ id }) => id)).size).toBe(5);
        }
      },
    );

    test("go on where they were although a picture came and one went", async () => {
      const { library } = await testLibrary(engine);
      const add = async (name: string) => library.ingest({ name }, await picture("red"));
      for (const name of ["1", "2", "3", "4"]) await add(name);
      const first = await library.list({ limit: 2 });
      await add("5");
      await library.delete(first.assets[1]?.id ?? "");
      const next = await library.list({ limit: 2, cursor: first.nextCursor ?? "" });
      expect(next.assets.map(({ name }) => name)).toEqual(["2", "1"]);
    });

    test.each([
      "",
      "x",
      "W10",
      "bnVsbA",
      Buffer.from('["name asc","a","b"]').toString("base64url"),
    ])("refuse the cursor %j, which is none of theirs", async (cursor) => {
      const { library } = await testLibrary(engine);
      await expect(library.list({ cursor })).rejects.toMatchObject({
        kind: "invalid_input",
        code: "asset.invalid_cursor",
      });
    });

    test("refuse a query that they don't know", async () => {
      const { library } = await testLibrary(engine);
      await expect(library.list({ limit: 0 })).rejects.toMatchObject({
        code: "asset.invalid_query",
      });
    });

    test("find new tags, and no longer the old ones", async () => {
      const { library } = await testLibrary(engine);
      const { id } = await library.ingest({ tags: ["old"] }, await picture("red"));
      expect((await library.setTags(id, ["New", "new"])).tags).toEqual(["new"]);
      expect((await library.list({ tags: ["old"] })).assets).toEqual([]);
      expect((await library.list({ tags: ["new"] })).assets).toHaveLength(1);
      await expect(library.setTags(id, ["a,b"])).rejects.toMatchObject({
        code: "asset.invalid_tags",
      });
      await expect(library.setTags("nobody", [])).rejects.toMatchObject({
        code: "asset.not_found",
      });
    });
  });
}

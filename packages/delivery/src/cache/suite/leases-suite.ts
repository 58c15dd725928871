import { openDatabase, type Database } from "@tintype/database";
import { openTestDatabase, type TestEngine } from "@tintype/database/testing";
import { TintypeError } from "@tintype/errors";
import { createMemoryStorage } from "@tintype/storage";
import { describe, expect, onTestFinished, test } from "vitest";

import { createResultCache } from "../result-cache.ts";
import { createWorkLeases } from "../work-leases.ts";

const { signal } = new AbortController();

/** Some doors to one database, as if each were another process's. */
async function doorsTo(engine: TestEngine, count: number): Promise<readonly Database[]> {
  const place = await engine.createPlace();
  return Promise.all(
    Array.from({ length: count }, async () => {
      const database = await openDatabase(place);
      onTestFinished(async () => database.close());
      return database;
    }),
  );
}

/** A lease that a process took which was killed. */
async function leaveBehind({ queries }: Database, name: string, until: number): Promise<void> {
  await queries.insertInto("work_leases").values({ name, holder: "killed", until }).execute();
}

async function leasesIn({ queries }: Database): Promise<number> {
  return (await queries.selectFrom("work_leases").selectAll().execute()).length;
}

/** What leases promise to processes that share a database, and to the cache that takes them. */
export function leasesSuite(engine: TestEngine): void {
  describe(`leases on work in ${engine.engine}`, () => {
    test("let one process at a time do work of a name, and all of them in the end", async () => {
      const databases = await doorsTo(engine, 4);
      let [running, most, done] = [0, 0, 0];
      await Promise.all(
        databases.map(async (database) =>
          createWorkLeases(async () => database).during(
            "work",
            async () => {
              running += 1;
              most = Math.max(most, running);
              await new Promise(setImmediate);
              running -= 1;
              done += 1;
            },
            signal,
          ),
        ),
      );
      expect([most, done]).toEqual([1, 4]);
      expect(await leasesIn(databases[0] as Database)).toBe(0);
    });

    test("do not hold up work of other names", async () => {
      const database = await openTestDatabase(engine);
      const leases = createWorkLeases(async () => database);
      const both = leases.during(
        "a",
        async () => leases.during("b", async () => "both", signal),
        signal,
      );
      expect(await both).toBe("both");
    });

    test("are free again after work that failed, which fails as it did", async () => {
      const database = await openTestDatabase(engine);
      const leases = createWorkLeases(async () => database);
      const failing = leases.during("work", () => Promise.reject(new Error("broken")), signal);
      await expect(failing).rejects.toThrow("broken");
      expect(await leases.during("work", async () => "done", signal)).toBe("done");
    });

    test("of a process that was killed end by themselves, and are cleared away", async () => {
      const database = await openTestDatabase(engine);
      await leaveBehind(database, "work", Date.now() + 100);
      await leaveBehind(database, "never asked for again", Date.now() - 1);
      const leases = createWorkLeases(async () => database);
      expect(await leases.during("work", async () => "done", signal)).toBe("done");
      expect(await leasesIn(database)).toBe(0);
    });

    test("are kept for as long as the work goes on", async () => {
      const [first, second] = (await doorsTo(engine, 2)) as [Database, Database];
      const terms = { leaseMs: 150 };
      const order: string[] = [];
      const long = createWorkLeases(async () => first, terms).during(
        "work",
        async () => {
          await new Promise((resolve) => {
            setTimeout(resolve, 600);
          });
          order.push("first");
        },
        signal,
      );
      await expect.poll(() => leasesIn(first)).toBe(1);
      const next = createWorkLeases(async () => second, terms).during(
        "work",
        async () => order.push("second"),
        signal,
      );
      await Promise.all([long, next]);
      expect(order).toEqual(["first", "second"]);
    });

    test("are waited for no longer than the signal allows", async () => {
      const database = await openTestDatabase(engine);
      await leaveBehind(database, "work", Date.now() + 60_000);
      const end = new AbortController();
      const waiting = createWorkLeases(async () => database).during(
        "work",
        () => expect.unreachable(),
        end.signal,
      );
      end.abort();
      await expect(waiting).rejects.toThrow(/abort/iu);
    });

    test("stop nobody where the database does not answer", async () => {
      const gone = new TintypeError({
        kind: "unavailable",
        code: "database.unavailable",
        message: "The database does not answer.",
      });
      const leases = createWorkLeases(() => Promise.reject(gone));
      expect(await leases.during("work", async () => "done", signal)).toBe("done");
    });

    test("stop nobody for long where the database says nothing", async () => {
      const silent = Promise.withResolvers<Database>();
      const leases = createWorkLeases(() => silent.promise, { patienceMs: 20 });
      expect(await leases.during("work", async () => "done", signal)).toBe("done");
    });

    test("that come too late are given back", async () => {
      const database = await openTestDatabase(engine);
      const silent = Promise.withResolvers<Database>();
      const leases = createWorkLeases(() => silent.promise, { patienceMs: 20 });
      expect(await leases.during("work", async () => "done", signal)).toBe("done");
      silent.resolve(database);
      const own = createWorkLeases(async () => database);
      expect(await own.during("work", async () => "done", signal)).toBe("done");
      await expect.poll(() => leasesIn(database)).toBe(0);
    });

    test("stop nobody for long where the database falls silent amid the work", async () => {
      const database = await openTestDatabase(engine);
      const silent = Promise.withResolvers<Database>();
      let opened: Promise<Database> = Promise.resolve(database);
      const leases = createWorkLeases(() => opened, { patienceMs: 500 });
      const work = async () => {
        expect(await leasesIn(database)).toBe(1);
        opened = silent.promise;
        return "done";
      };
      expect(await leases.during("work", work, signal)).toBe("done");
    });
  });

  describe(`a result cache with leases in ${engine.engine}`, () => {
    test("has what several processes are asked for at once made a single time", async () => {
      const storage = createMemoryStorage();
      const id = { source: "a".repeat(64), work: "w" };
      let made = 0;
      const make = async () => {
        await new Promise(setImmediate);
        made += 1;
        return { facts: {}, bytes: new Uint8Array(10) };
      };
      const statuses = await Promise.all(
        (await doorsTo(engine, 3)).flatMap((database) => {
          const cache = createResultCache({
            storage,
            prefix: "cache",
            maxBytes: 1e6,
            maxAgeMs: 60_000,
            engine: "1",
            leases: createWorkLeases(async () => database),
          });
          return Array.from({ length: 50 }, async () => (await cache.through(id, make)).status);
        }),
      );
      expect(made).toBe(1);
      expect(statuses.filter((status) => status === "miss")).toHaveLength(1);
      expect(statuses.filter((status) => status === "shared")).toHaveLength(149);
    });
  });
}

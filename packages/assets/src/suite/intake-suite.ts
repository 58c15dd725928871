import { readdirSync } from "node:fs";

import type { TestEngine } from "@tintype/database/testing";
import { sharp } from "@tintype/image-core";
import { eicar } from "@tintype/scanner";
import { createMemoryScanner } from "@tintype/scanner/testing";
import { parseKey, type Storage } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { photo, picture } from "./pictures.ts";
import { testLibrary } from "./test-library.ts";

/** Registers what the intake promises. */
export function intakeSuite(engine: TestEngine): void {
  describe(`the intake, on ${engine.engine}`, () => {
    test("keeps a picture with what its header and its metadata say, its colors and a thumbnail", async () => {
      const { library, storage } = await testLibrary(engine);
      const bytes = await photo();
      const asset = await library.ingest(
        { name: "Ferien.jpg", project: "shop/summer", tags: ["Beach ", "sea"] },
        new Blob([new Uint8Array(bytes)]).stream(),
      );
      expect(asset).toMatchObject({
        project: "shop/summer",
        name: "Ferien.jpg",
        tags: ["beach", "sea"],
        format: "jpeg",
        mediaType: "image/jpeg",
        width: 600,
        height: 800,
        bytes: bytes.length,
        scan: "off",
        temporary: false,
        metadata: { exif: { Image: { Make: "Tintype" } }, source: { orientation: 6 } },
        facts: { dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/u) as string },
        versions: [
          { number: 0, name: "thumbnail", format: "webp", width: 240, height: 320 },
          { number: 1, name: "original", format: "jpeg", width: 600, height: 800 },
        ],
      });
      const located = await library.locate(asset.id);
      expect(located.key).toMatch(/^assets\/shop\/summer\/[0-9a-f]{2}\/[0-9a-f-]{36}\.jpg$/u);
      expect(Buffer.from(await (await storage.get(located.key)).bytes()).equals(bytes)).toBe(true);
      const thumbnail = await library.open(await library.locate(asset.id, 0));
      expect(await sharp(await thumbnail.bytes()).metadata()).toMatchObject({ width: 240 });
      expect(await library.get(asset.id)).toEqual(asset);
    });

    test.each([
      ["text", Buffer.from("hello".repeat(100)), {}, "image.unknown_type"],
      ["nothing", Buffer.alloc(0), {}, "image.empty"],
      [
        "the beginning of a picture",
        Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
        {},
        "image.corrupt",
      ],
    ] as const)("refuses %s and leaves nothing of it", async (_what, bytes, upload, code) => {
      const { library, keys, incomingFolder } = await testLibrary(engine);
      await expect(library.ingest(upload, bytes)).rejects.toMatchObject({ code });
      expect(await keys()).toEqual([]);
      expect(readdirSync(incomingFolder)).toEqual([]);
      expect(await library.list()).toEqual({ assets: [] });
    });

    test.each([
      [{ mediaType: "image/jpeg" }, "asset.mislabelled"],
      [{ mediaType: "text/html" }, "asset.mislabelled"],
      [{ name: "a.gif" }, "image.mislabelled"],
    ])("refuses content that is not what was said of it: %j", async (upload, code) => {
      const { library } = await testLibrary(engine);
      const taken = library.ingest(upload, await picture("red"));
      await expect(taken).rejects.toMatchObject({ code });
    });

    test.each([
      { name: "a.png", mediaType: "image/png; charset=x" },
      { mediaType: "application/octet-stream" },
      { mediaType: "image/x-png" },
      { name: "a.tar" },
    ])("takes content of which nothing else was said: %j", async (upload) => {
      const { library } = await testLibrary(engine);
      const asset = await library.ingest(upload, await picture("red"));
      expect(asset.mediaType).toBe("image/png");
    });

    test("refuses a file at the first byte too many, and never cuts it", async () => {
      const { library, incomingFolder, keys } = await testLibrary(engine, {
        limits: { maxBytes: 5000 },
      });
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            sent += 1000;
            controller.enqueue(new Uint8Array(1000));
          },
        },
        { highWaterMark: 0 },
      );
      await expect(library.ingest({}, endless)).rejects.toMatchObject({
        kind: "limit_exceeded",
        code: "image.too_many_bytes",
      });
      expect(sent).toBe(6000);
      expect(readdirSync(incomingFolder)).toEqual([]);
      expect(await keys()).toEqual([]);
    });

    test("holds a picture against the limits for pictures", async () => {
      const { library } = await testLibrary(engine, { limits: { maxSide: 59 } });
      const taken = library.ingest({}, await picture("red"));
      await expect(taken).rejects.toMatchObject({ code: "image.side_too_long" });
    });

    test("leaves nothing of a body that breaks off, or of a sender that leaves", async () => {
      const { library, incomingFolder } = await testLibrary(engine);
      const broken = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array(10));
          controller.error(new Error("connection reset"));
        },
      });
      await expect(library.ingest({}, broken)).rejects.toThrow("connection reset");
      const signal = AbortSignal.abort();
      const left = library.ingest({}, await picture("red"), { signal });
      await expect(left).rejects.toBe(signal.reason);
      expect(readdirSync(incomingFolder)).toEqual([]);
    });

    test("leaves no record of a picture that the storage refused, and no bytes", async () => {
      const test_ = await testLibrary(engine);
      const full: Storage = {
        ...test_.storage,
        put: async () => {
          throw new Error("full");
        },
      };
      const library = test_.another({ storage: full });
      await expect(library.ingest({}, await picture("red"))).rejects.toThrow("full");
      expect(await library.list()).toEqual({ assets: [] });
      expect(await library.cleanUp()).toMatchObject({ blobs: 1 });
      expect(await library.cleanUp()).toMatchObject({ blobs: 0 });
    });

    test("refuses what is infected, and in fail-secure mode what has no verdict", async () => {
      const scanner = createMemoryScanner({ maxBytes: 3000 });
      const { library } = await testLibrary(engine, { scanning: { scanner, mode: "fail-secure" } });
      const infected = Buffer.concat([await picture("red"), eicar()]);
      await expect(library.ingest({}, infected)).rejects.toMatchObject({
        code: "scanner.infected",
      });
      const large = Buffer.concat([await picture("red"), Buffer.alloc(4000)]);
      await expect(library.ingest({}, large)).rejects.toMatchObject({ code: "scanner.unscanned" });
      expect(await library.ingest({}, await picture("red"))).toMatchObject({ scan: "clean" });
    });

    test("keeps what has no verdict from readers in fail-safe mode, until it has one", async () => {
      const small = createMemoryScanner({ maxBytes: 10 });
      const { library, another } = await testLibrary(engine, {
        scanning: { scanner: small, mode: "fail-safe" },
      });
      const clean = await library.ingest({}, await picture("red"));
      const bad = await library.ingest({}, Buffer.concat([await picture("blue"), eicar()]));
      expect(clean.scan).toBe("unscanned");
      await expect(library.locate(clean.id)).rejects.toMatchObject({ code: "asset.quarantined" });
      const open = another({ scanning: { scanner: small, mode: "fail-safe", quarantine: false } });
      expect((await open.locate(clean.id)).asset.id).toBe(clean.id);

      const large = another({ scanning: { scanner: createMemoryScanner(), mode: "fail-safe" } });
      expect(await large.scanAgain()).toBe(2);
      expect((await large.locate(clean.id)).asset.scan).toBe("clean");
      await expect(large.get(bad.id)).rejects.toMatchObject({ code: "asset.not_found" });
    });

    test("scans one picture when it is told to, and says when nothing scans", async () => {
      const { library, another } = await testLibrary(engine);
      const [clean, bad] = [
        await library.ingest({}, await picture("red")),
        await library.ingest({}, Buffer.concat([await picture("blue"), eicar()])),
      ];
      await expect(library.scan(clean.id)).rejects.toMatchObject({ code: "asset.no_scanner" });
      const scanner = createMemoryScanner();
      const scanning = another({ scanning: { scanner, mode: "fail-secure" } });
      expect(await scanning.scan(clean.id)).toEqual({ verdict: "clean" });
      expect((await library.get(clean.id)).scan).toBe("clean");
      expect(await scanning.scan(bad.id)).toMatchObject({ verdict: "infected" });
      await expect(scanning.scan(bad.id)).rejects.toMatchObject({ code: "asset.not_found" });
    });

    test.each([
      ["../../etc/passwd", "passwd"],
      [String.raw`C:\Users\me\cat.png`, "cat.png"],
      ["/", "picture"],
      ["..", "picture"],
      ["a\u202Egnp.exe", "agnp.exe"],
      ["a\u0000\r\nb", "ab"],
      [`${"ü".repeat(300)}.png`, "ü".repeat(127)],
    ])("keeps the file name %j for people, as %j", async (name, kept) => {
      const { library, keys } = await testLibrary(engine);
      const asset = await library.ingest({ name }, await picture("red"));
      expect(asset.name).toBe(kept);
      for (const key of await keys())
        expect(key).toMatch(/^assets\/default\/[0-9a-f]{2}\/[0-9a-f-]{36}\.(?:png|webp)$/u);
    });

    test.each([
      "..",
      "../up",
      "a/../b",
      "/etc",
      "a//b",
      "a/",
      String.raw`a\b`,
      "a\u0000",
      ".hidden",
      "a..b",
      "a/b/c/d/e",
      "",
      "ü",
      "%2e%2e",
      "a".repeat(64),
    ])("refuses the project %j", async (project) => {
      const { library, keys } = await testLibrary(engine);
      await expect(library.ingest({ project }, await picture("red"))).rejects.toMatchObject({
        kind: "invalid_input",
        code: "asset.invalid_upload",
      });
      expect(await keys()).toEqual([]);
    });

    test("takes in what a client put into its place, once", async () => {
      const { library, storage, keys } = await testLibrary(engine);
      const bytes = await picture("red");
      const offer = await library.offerUpload({
        name: "a.png",
        mediaType: "image/png",
        bytes: bytes.length,
        tags: ["direct"],
      });
      expect(offer.upload).toMatchObject({ method: "PUT" });
      await expect(library.completeUpload(offer.id)).rejects.toMatchObject({
        code: "asset.not_uploaded",
      });
      const key = parseKey(decodeURIComponent(new URL(offer.upload.url).pathname.slice(1)));
      await storage.put(key, bytes);
      const asset = await library.completeUpload(offer.id);
      expect(asset).toMatchObject({ id: offer.id, name: "a.png", tags: ["direct"] });
      expect(await library.completeUpload(offer.id)).toEqual(asset);
      expect((await keys()).filter((one) => one.includes("incoming"))).toEqual([]);
    });

    test("promises no place for what it would refuse", async () => {
      const { library } = await testLibrary(engine, { limits: { maxBytes: 5000 } });
      const offer = async (upload: Record<string, unknown>) =>
        library.offerUpload({ mediaType: "image/png", bytes: 10, ...upload });
      await expect(offer({ bytes: 5001 })).rejects.toMatchObject({ code: "image.too_many_bytes" });
      await expect(offer({ mediaType: "text/html" })).rejects.toMatchObject({
        code: "asset.invalid_upload",
      });
      await expect(library.completeUpload("nobody")).rejects.toMatchObject({
        code: "asset.not_found",
      });
    });
  });
}

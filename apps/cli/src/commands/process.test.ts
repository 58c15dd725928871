import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";

import { sharp } from "@tintype/image-core";
import { builtInRegistries, createPipeline, type PipelineResult } from "@tintype/pipeline";
import { createMemoryStorage } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { samplePng, testFolder, tintype, type RunOptions } from "../testing/test-terminal.ts";

const png = await samplePng();

/** A folder with pictures of these names, and a way to run `process` on them into its `out`. */
function album(...names: readonly string[]) {
  const folder = testFolder();
  for (const name of names) writeFileSync(join(folder, name), png);
  const at = (name: string) => join(folder, name);
  const process = (words: readonly string[], options?: RunOptions) =>
    tintype(["process", ...words, "--out", at("out")], options);
  const made = () => readdirSync(at("out")).toSorted();
  return { folder, at, process, made };
}

describe("tintype process", () => {
  test("makes the very bytes that the library makes", async () => {
    const { at, process, made } = album("car.png");
    expect(await process([at("car.png"), "--preset", "product"])).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    const storage = createMemoryStorage();
    const library = createPipeline({ storage });
    const source = { kind: "bytes", data: png };
    const request = library.parse({
      source,
      preset: "product",
      store: { folder: "", name: "car" },
    });
    const { variants } = await library.run(request);
    expect(made()).toEqual(variants.map(({ key }) => key as string).toSorted());
    for (const { key } of variants) {
      expect(readFileSync(join(at("out"), key))).toEqual(
        Buffer.from(await (await storage.get(key)).bytes()),
      );
    }
  });

  test("tells each file that it made in a line, with size and bytes", async () => {
    const { at, process } = album("car.png");
    const { stdout } = await process([at("car.png"), "--format", "webp", "--format", "png"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/car\.png → .*car-webp\.webp {2}48 × 32 {2}\d+ B$/u);
  });

  test("makes PNG where nothing else is said, and names a format that comes twice apart", async () => {
    const { at, process, made } = album("a.png");
    await process([at("a.png")]);
    await process([at("a.png"), "-f", "webp", "-f", "webp:quality=10"]);
    expect(made()).toEqual(["a-webp-2.webp", "a-webp.webp", "a.png"]);
  });

  test("runs steps in order, then those of the preset", async () => {
    const { at, process } = album("a.png");
    const words = [
      "-s",
      "resize:width=24",
      "-s",
      "rotate:angle=90",
      "-p",
      "product:addShadow=false",
    ];
    const { stdout } = await process([at("a.png"), ...words, "--json"]);
    const [{ result }] = JSON.parse(stdout) as [{ result: PipelineResult }];
    expect(result.steps.map(({ step }) => step)).toEqual(["resize", "rotate", "auto-crop"]);
  });

  test("takes a recipe file: a list of steps, or preset, steps and variants; flags come on top", async () => {
    const { at, process, made } = album("a.png");
    writeFileSync(at("steps.json"), '[{ "step": "resize", "width": 24 }]');
    writeFileSync(
      at("whole.json"),
      '{ "steps": [{ "step": "resize", "width": 24 }], "variants": [{ "name": "small", "output": { "format": "webp" } }] }',
    );
    expect(await process([at("a.png"), "--recipe", at("steps.json"), "-s", "flip"])).toMatchObject({
      exitCode: 0,
    });
    expect(await process([at("a.png"), "--recipe", at("whole.json"), "-f", "jpeg"])).toMatchObject({
      exitCode: 0,
    });
    expect(made()).toEqual(["a-jpeg.jpg", "a-small.webp", "a.png"]);
    expect(await sharp(join(at("out"), "a.png")).metadata()).toMatchObject({ width: 24 });
  });

  test.each([
    ["{", /is not valid JSON/u],
    ["5", /holds neither a list of steps nor an object/u],
    ["null", /holds neither a list of steps nor an object/u],
    ['{ "steps": 5 }', /steps: Invalid input/u],
    ['{ "stepz": [] }', /Unrecognized key: "stepz"/u],
  ])("refuses the recipe file %s", async (recipe, message) => {
    const { at, process } = album("a.png");
    writeFileSync(at("recipe.json"), recipe);
    const { exitCode, stderr, stdout } = await process([
      at("a.png"),
      "--recipe",
      at("recipe.json"),
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("takes the content of a file for a value such as @logo.png", async () => {
    const { at, process } = album("a.png", "logo.png");
    const words = ["-s", `composite:image=@${at("logo.png")}`];
    expect(await process([at("a.png"), ...words])).toMatchObject({ exitCode: 0 });
    const missing = await process([at("a.png"), "-s", "composite:image=@no.png"]);
    expect(missing).toMatchObject({
      exitCode: 6,
      stderr: "There is no file no.png. (cli.cannot_read)\n",
    });
  });

  test("gives --quality to every format that has one", async () => {
    const { at, process, made } = album("a.png");
    await process([at("a.png"), "-f", "jpeg", "-f", "png", "-q", "10"]);
    const low = readFileSync(join(at("out"), "a-jpeg.jpg")).length;
    await process([at("a.png"), "-f", "jpeg:quality=95", "-f", "png", "-q", "10"]);
    expect(readFileSync(join(at("out"), "a-jpeg.jpg")).length).toBeGreaterThan(low);
    expect(made()).toContain("a-png.png");
    for (const words of [
      ["-f", "png"],
      ["-p", "product"],
    ]) {
      const { exitCode, stderr } = await process([at("a.png"), ...words, "-q", "10"]);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining("--quality goes with --format jpeg|webp|avif") as string,
      });
    }
  });

  test("makes one variant alone when it is asked to", async () => {
    const { at, process, made } = album("a.png");
    await process([at("a.png"), "-p", "product", "--variant", "grid"]);
    expect(made()).toEqual(["a.webp"]);
    const { stderr } = await process([at("a.png"), "-p", "product", "--variant", "no"]);
    expect(stderr).toContain('There is no variant "no". This makes: processed, grid, detail.');
  });

  test("goes on after a bad file, a missing one and a folder without pictures, and says how many failed", async () => {
    const { at, process, made } = album("a.png", "b.png");
    writeFileSync(at("bad.png"), "no picture");
    mkdirSync(at("empty"));
    const files = ["a.png", "bad.png", "no.png", "no*.png", "empty", "b.png"].map(at);
    const { exitCode, stderr } = await process(files);
    expect(exitCode).toBe(4);
    expect(made()).toEqual(["a.png", "b.png"]);
    for (const line of [
      /bad\.png: The file is not a picture of a known type\..* \(image\.unknown_type\)\n/u,
      /no\.png: There is no file .*no\.png\. \(cli\.cannot_read\)\n/u,
      /no\*\.png: There is no file .*no\*\.png\. \(cli\.cannot_read\)\n/u,
      /empty: .*empty is a folder: name a picture in it\. \(cli\.cannot_read\)\n/u,
      /\n4 of 6 files failed\.\n$/u,
    ]) {
      expect(stderr).toMatch(line);
    }
  });

  test("keeps files of hostile names in the folder for results", async () => {
    const { folder, at, process, made } = album(
      "..png",
      "-rf.png",
      "a b;c$(x).png",
      "..\\..\\x.png",
    );
    const { exitCode } = await process([at("."), at("..png")]);
    expect(exitCode).toBe(0);
    expect(made()).toEqual(["a-b-c-x.png", "image.png", "rf.png", "x.png"]);
    expect(readdirSync(folder)).toHaveLength(5);
  });

  test("with --json prints one JSON document, also for what fails", async () => {
    const { at, process } = album("a.png");
    const { stdout, stderr, exitCode } = await process([at("a.png"), at("no.png"), "--json"]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 6 });
    expect(JSON.parse(stdout)).toMatchObject([
      { file: at("a.png"), exitCode: 0, result: { variants: [{ key: "a.png" }] } },
      { file: at("no.png"), exitCode: 6, error: { code: "cli.cannot_read" } },
    ]);
    const wrong = await process([at("a.png"), "--json", "-s", "nope"]);
    expect(wrong).toMatchObject({ exitCode: 3, stderr: "" });
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: "request.invalid" } });
  });

  test("takes addresses too, within the rules for them", async () => {
    const { at, process, made } = album("car.png");
    const addresses = ["http://127.0.0.1:8080/a.png", "s3://elsewhere/b.png"];
    const { exitCode, stderr } = await process([...addresses, at("car.png")]);
    expect(exitCode).toBe(7);
    expect(stderr).toContain(`${addresses[0]}: `);
    expect(stderr).toContain("(source.private_address)");
    expect(stderr).toContain("(source.bucket_denied)");
    expect(made()).toEqual(["car.png"]);
  });

  test("takes pictures out of the storage, into a folder or back into it", async () => {
    const { at, process, made, folder } = album("car.png");
    const environment = { DATA_DIR: join(folder, "data") };
    await tintype(["storage", "put", at("car.png"), "cars/red.png"], { environment });
    const words = ["stored:cars/red.png", "stored:none.png", "stored:../up.png"];
    const { exitCode, stderr } = await process(words, { environment });
    expect(exitCode).toBe(6);
    expect(stderr).toContain("stored:none.png: ");
    expect(stderr).toContain("(storage.not_found)");
    expect(stderr).toContain("(storage.invalid_key)");
    expect(made()).toEqual(["red.png"]);

    await tintype(["process", "stored:cars/red.png", "--store", "-f", "webp"], { environment });
    const { stdout } = await tintype(["storage", "ls", "outputs/"], { environment });
    expect(stdout).toMatch(/outputs\/[0-9a-f]{32}\/red\.webp\n$/u);
  });

  test("never replaces a picture that it reads, by whatever path", async () => {
    const { folder, at } = album("car.png", "boat.png");
    symlinkSync(folder, at("link"));
    for (const out of [folder, at("link")]) {
      const { exitCode, stderr } = await tintype(["process", at("car.png"), "--out", out]);
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining("cli.would_replace_input")]);
    }
    expect(readFileSync(at("car.png"))).toEqual(png);
    const others = await tintype(["process", at("car.png"), "--format", "webp", "--out", folder]);
    expect(others.exitCode).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual(["boat.png", "car.png", "car.webp", "link"]);
  });

  test("warns of frames on standard error", async () => {
    const { at, process } = album();
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    writeFileSync(
      at("a.gif"),
      await sharp(Buffer.alloc(8 * 16 * 3, "abcdefg"), { raw })
        .gif()
        .toBuffer(),
    );
    const { stderr } = await process([at("a.gif")]);
    expect(stderr).toBe(
      `${at("a.gif")}: The picture has 2 frames; a file of type png shows the first.\n`,
    );
  });

  test("shows a bar where a person watches, and the results after it", async () => {
    const { at, process } = album("a.png", "b.png");
    const { stderr, stdout } = await process([at("a.png"), at("b.png")], { isInteractive: true });
    expect(stderr).toMatch(/\d\/2/u);
    expect(stdout.split("\n")).toHaveLength(3);
  });

  test("ends with 130 after an interruption, and leaves no half-written file", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}.png`);
    const { at, process, made } = album(...names);
    const controller = new AbortController();
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        controller.abort();
        done();
      },
    });
    const { exitCode } = await process(names.map(at), { signal: controller.signal, stdout });
    expect(exitCode).toBe(130);
    await expect.poll(() => made().filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(made().length).toBeLessThan(names.length);
    for (const name of made()) {
      expect(await sharp(join(at("out"), name)).metadata()).toMatchObject({ format: "png" });
    }
  });

  test("ends without a word when its reader has closed the pipe", async () => {
    const { at, process } = album("a.png");
    const stdout = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error("closed"), { code: "EPIPE" })),
    }).on("error", () => undefined);
    expect(await process([at("a.png")], { stdout })).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("tintype process -", () => {
  test("writes one file to standard output and nothing else", async () => {
    const { bytes, stderr } = await tintype(
      ["process", "-", "-f", "webp", "-s", "resize:width=24"],
      { stdin: png },
    );
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 24 });
    expect(stderr).toBe("");
  });

  test("writes the chosen variant of a preset, and asks for a choice where there is none", async () => {
    const words = ["process", "-", "--preset", "product"];
    const { bytes } = await tintype([...words, "--variant", "grid"], { stdin: png });
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp" });
    expect(await tintype(words, { stdin: png })).toMatchObject({
      exitCode: 3,
      stdout: "",
      stderr:
        "One file goes to standard output: give --variant processed|grid|detail, or --out. (cli.invalid_option)\n",
    });
  });

  test.each([
    [["-", "a.png"], "Standard input goes alone"],
    [["-", "--json"], "give --out to see the result as JSON"],
  ])("refuses %j", async (words, message) => {
    const ran = await tintype(["process", ...words], { stdin: png });
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout + ran.stderr).toContain(message);
  });

  test("writes a file named image with --out", async () => {
    const { process, made } = album();
    expect(await process(["-"], { stdin: png })).toMatchObject({ exitCode: 0 });
    expect(made()).toEqual(["image.png"]);
  });
});

test.each(builtInRegistries.presets.all.map(({ name }) => name))(
  "tintype process takes the preset %s",
  async (preset) => {
    const { at, process } = album("a.png");
    expect(await process([at("a.png"), "--preset", preset])).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
  },
);

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, onTestFinished, test } from "vitest";

import { asCommand, asCurl, asTypeScript } from "./copy-as.ts";
import type { RecipeCall } from "./recipe.ts";

const context = { origin: "http://127.0.0.1:8787", filename: "it's.png" };
const call: RecipeCall = {
  steps: [{ step: "auto-crop" }, { step: "resize", width: 320 }],
  variants: [
    { name: "web", output: { format: "webp", quality: 80 } },
    { name: "small-one", steps: [{ step: "flip" }], output: { format: "png" } },
  ],
};

describe("a recipe copied", () => {
  test("as curl is safe to paste into a shell", () => {
    expect(asCurl(call, context)).toBe(String.raw`curl http://127.0.0.1:8787/api/v1/process-image \
  -F 'image=@it'\''s.png' \
  --form-string 'steps=[{"step":"auto-crop"},{"step":"resize","width":320}]' \
  --form-string 'variants=[{"name":"web","output":{"format":"webp","quality":80}},{"name":"small-one","steps":[{"step":"flip"}],"output":{"format":"png"}}]'`);
  });

  test("as curl takes the key from the environment, and any name of a file", () => {
    const locked = asCurl(call, { ...context, filename: 'a;"b".png', needsKey: true });
    expect(locked).toContain('-H "X-API-Key: $TINTYPE_API_KEY" \\\n');
    expect(locked).toContain(String.raw`-F 'image=@"a;\"b\".png"'`);
  });

  test("as TypeScript imports what it calls", () => {
    const code = asTypeScript(call, context);
    expect(code).toContain(
      'import { autoCrop, flip, readImage, recipe, resize, runSteps } from "@tintype/image-core";',
    );
    expect(code).toContain('import { encode, png, webp } from "@tintype/exporters";');
    expect(code).toContain("runSteps(source, recipe(autoCrop(), resize({ width: 320 })))");
    expect(code).toContain(`{
  const variant = await runSteps(image, recipe(flip()));
  await writeFile("small-one.png", (await encode(variant.image, png())).data);
}`);
  });

  test("as TypeScript is a program, whatever variants are named", async () => {
    const steps = [{ step: "flip" }];
    const named = ["webp", "image", "800w", "a-b", "a_b", "encode"];
    const variants = named.map((name) => ({ name, steps, output: { format: "webp" } }));
    const folder = await mkdtemp(join(tmpdir(), "tintype-copy-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const program = join(folder, "program.mjs");
    await writeFile(program, asTypeScript({ ...call, variants }, context));
    const checked = promisify(execFile)(process.execPath, ["--check", program]);
    await expect(checked).resolves.toMatchObject({ stderr: "" });
  });

  test("as a command says only what flags can say", () => {
    expect(asCommand(call, context)).toBeUndefined();
    const flat = { ...call, variants: call.variants.slice(0, 1) };
    expect(asCommand(flat, context)).toBe(String.raw`tintype process 'it'\''s.png' \
  --step auto-crop \
  --step resize:width=320 \
  --format webp:quality=80 \
  --out out`);
    const steps = [
      { step: "watermark", text: "2026", font: "a, b", color: "#fff" },
      { step: "redact", areas: [{ left: 1 }] },
    ];
    expect(asCommand({ ...flat, steps }, context)).toContain(String.raw`
  --step 'watermark:text="2026",font="a, b",color=#fff' \
  --step 'redact:areas=[{"left":1}]' \
`);
    const file = { ...flat, steps: [{ step: "watermark", text: "@tintype" }] };
    expect(asCommand(file, context)).toBeUndefined();
  });
});

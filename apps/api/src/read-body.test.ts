import { describe, expect, test } from "vitest";

import { cutout } from "./testing/pictures.ts";
import { endpoint, formOf, problemIn, testApp } from "./testing/test-app.ts";

const preset = "thumbnail";

describe("a form", () => {
  test("may hold its JSON fields as files, and leave fields and files blank", async () => {
    const { process } = await testApp();
    const form = formOf({ image: await cutout(), options: "", filename: "", imageUrl: "" });
    form.append("steps", new Blob(['[{"step":"flip"}]']), "recipe.json");
    form.append("preset", new Blob(["thumbnail"]), "preset.txt");
    form.append("source", new Blob([]), "");
    const response = await process(form);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      steps: [{ step: "flip" }, { step: "normalize" }, { step: "resize" }],
    });
  });

  test("names its files by its own field before the picture's name", async () => {
    const { process } = await testApp();
    const image = await cutout();
    const keyOf = async (form: FormData) => {
      const { variants } = (await (await process(form)).json()) as {
        variants: { png: { key: string } };
      };
      return variants.png.key.split("/").at(-1);
    };
    const named = formOf({ preset, filename: "C:\\photos\\été 1.JPG" });
    named.append("image", new Blob([image as Uint8Array<ArrayBuffer>]), "other.png");
    expect(await keyOf(named)).toBe("été-1-png.png");
    expect(await keyOf(formOf({ preset, image }))).toBe("picture-png.png");
    expect(await keyOf(formOf({ preset, image, filename: "" }))).toBe("picture-png.png");
    expect(await keyOf(formOf({ preset, image, filename: "../../.." }))).toBe("png.png");
  });

  test.each([
    ["no picture", { preset }],
    ["a field of another name", { image: Buffer.from("x"), preset, colour: "red" }],
    ["a prototype's name", { image: Buffer.from("x"), constructor: "x" }],
    ["another prototype's name", Object.fromEntries([["__proto__", "x"]])],
    ["a text where the picture belongs", { image: "x" }],
    ["a file where a text belongs", { imageBase64: Buffer.from("x") }],
    ["JSON that is none", { image: Buffer.from("x"), steps: "[{" }],
    ["two pictures", { image: Buffer.from("x"), imageUrl: "https://a.example" }],
    ["a picture and a source", { image: Buffer.from("x"), source: { kind: "stored", key: "a" } }],
  ])("with %s is not valid", async (_what, fields) => {
    const { process, internalErrors } = await testApp();
    const problem = await problemIn(await process(formOf(fields)));
    expect(problem).toMatchObject({ status: 400, code: "request.invalid" });
    expect(internalErrors).toEqual([]);
  });

  test.each(["image", "preset", "constructor"])("with two fields %s is not valid", async (name) => {
    const { process } = await testApp();
    const form = new FormData();
    for (const file of ["a.png", "b.png"]) {
      if (name === "image") form.append(name, new Blob(["x"]), file);
      else form.append(name, file);
    }
    expect(await problemIn(await process(form))).toMatchObject({
      code: "request.invalid",
      detail: `The form has two fields named "${name}".`,
    });
  });

  test("with an empty picture says that it is empty", async () => {
    const { process } = await testApp();
    const form = new FormData();
    form.append("image", new Blob([]), "a.png");
    expect(await problemIn(await process(form))).toMatchObject({
      status: 400,
      code: "image.empty",
    });
  });
});

describe("a body", () => {
  const boundary = "multipart/form-data; boundary=x";

  test.each([
    ["application/json", ""],
    ["application/json", "{"],
    ["application/json", "\u0000"],
    ["Application/JSON; charset=utf-8", "nope"],
    ["application/json", "[".repeat(100_000)],
    ["multipart/form-data", ""],
    ["multipart/form-data", "--x--\r\n"],
    [boundary, ""],
    [boundary, "--x--\r\n"],
    [boundary, '--x\r\ncontent-disposition: form-data; name="image"\r\n\r\ncut off'],
  ])("of type %s that is broken is not valid: %.40j", async (type, body) => {
    const { request, internalErrors } = await testApp();
    const init = { method: "POST", headers: { "content-type": type }, body };
    const problem = await problemIn(await request(endpoint, init));
    expect(problem).toMatchObject({ status: 400, code: "request.invalid" });
    expect(internalErrors).toEqual([]);
  });

  test.each([
    undefined,
    "text/plain",
    "application/jsonp",
    "application/x-www-form-urlencoded",
    "image/png",
    ";",
  ])("of type %s is not supported", async (type) => {
    const { request } = await testApp();
    const body = new Blob(["{}"]).stream();
    const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
    const init = { method: "POST", headers, body, duplex: "half" as const };
    const problem = await problemIn(await request(endpoint, init));
    expect(problem).toMatchObject({ status: 415, code: "request.unsupported_type" });
  });

  test("over the limit is refused by its declared length, and while it is read", async () => {
    const { request, internalErrors } = await testApp({ MAX_IMAGE_SIZE: "1024" });
    const chunk = new Uint8Array(256 * 1024);
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const headers = { "content-type": "application/json" };
    const refused = { status: 413, code: "request.too_large" };
    const declared = { ...headers, "content-length": "2000000" };
    expect(
      await problemIn(await request(endpoint, { method: "POST", headers: declared, body: "{}" })),
    ).toMatchObject(refused);
    const chunked = { method: "POST", headers, body: endless, duplex: "half" as const };
    expect(await problemIn(await request(endpoint, chunked))).toMatchObject(refused);
    expect(read).toBeLessThan(4 * 1024 * 1024);
    expect(internalErrors).toEqual([]);
  });
});

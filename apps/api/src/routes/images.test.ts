import { sharp } from "@tintype/image-core";
import { describe, expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { problemIn, testApp, type TestApp } from "../testing/test-app.ts";

const images = "/api/v1/images";
const drawing = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="5"><rect width="9" height="5"/></svg>',
);

interface Image {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly url: string;
  readonly versions: readonly {
    readonly number: number;
    readonly name: string;
    readonly recipe?: unknown;
  }[];
}

interface UploadAnswer {
  readonly files: readonly {
    readonly success: boolean;
    readonly image?: Image;
    readonly error?: { readonly code: string };
  }[];
}

type Part = readonly [name: string, bytes: Uint8Array | string, filename?: string];

function upload({ request }: TestApp, ...parts: readonly Part[]): Promise<Response> {
  const form = new FormData();
  for (const [name, value, filename] of parts)
    if (typeof value === "string") form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value)]), filename ?? "a.png");
  return request(`${images}/upload`, { method: "POST", body: form });
}

async function uploaded(app: TestApp, bytes: Uint8Array, filename = "a.png"): Promise<Image> {
  const response = await upload(app, ["files", bytes, filename]);
  expect(response.status).toBe(201);
  const [file] = ((await response.json()) as UploadAnswer).files;
  if (file?.image === undefined) throw new Error("The picture was not kept.");
  return file.image;
}

function post(
  { request }: TestApp,
  path: string,
  body: unknown,
  more: Record<string, string> = {},
): Promise<Response> {
  const headers = { "content-type": "application/json", ...more };
  return request(images + path, { method: "POST", headers, body: JSON.stringify(body) });
}

describe("uploading", () => {
  test("keeps the files of a form, with fields that come before or after them", async () => {
    const app = await testApp();
    const response = await upload(
      app,
      ["project", "shop"],
      ["files", await cutout(40, 30), "ü ../x.png"],
      ["more", await cutout(50, 30), "b.png"],
      ["tags", "red, Blue"],
    );
    expect(response.status).toBe(201);
    const { files, ...rest } = (await response.json()) as UploadAnswer;
    expect(rest).toMatchObject({ success: true, requestId: response.headers.get("x-request-id") });
    expect(files.map(({ image }) => image)).toMatchObject([
      { name: "x.png", project: "shop", tags: ["blue", "red"], width: 40, scan: "off" },
      { name: "b.png", project: "shop", tags: ["blue", "red"], width: 50 },
    ]);
    expect(app.internalErrors).toEqual([]);
  });

  test("says of each file what became of it where some are refused", async () => {
    const app = await testApp({ MAX_UPLOAD_FILES: "3" });
    const response = await upload(
      app,
      ["files", await cutout(40, 30)],
      ["files", Buffer.from("hello".repeat(50_000)), "b.png"],
      ["files", await cutout(50, 30), "c.jpg"],
      ["files", await cutout(60, 30)],
    );
    expect(response.status).toBe(207);
    const { files } = (await response.json()) as UploadAnswer;
    expect(files.map(({ success, error }) => error?.code ?? success)).toEqual([
      true,
      "image.unknown_type",
      "image.mislabelled",
      "upload.too_many_files",
    ]);
  });

  test.each([
    ["no picture", [["files", Buffer.from("text"), "a.png"]], {}, 415, "image.unknown_type"],
    [
      "a picture that is too large",
      [["files", Buffer.alloc(70_000), "a.png"]],
      { MAX_IMAGE_SIZE: "65536" },
      413,
      "image.too_many_bytes",
    ],
    [
      "too much in all",
      [["files", Buffer.alloc(70_000), "a.png"]],
      { MAX_UPLOAD_SIZE: "1024", MAX_UPLOAD_FILES: "1" },
      413,
      "upload.too_large",
    ],
    ["no file", [["project", "shop"]], {}, 400, "request.invalid"],
    [
      "a field that is none",
      [
        ["colour", "red"],
        ["files", drawing, "a.svg"],
      ],
      {},
      400,
      "request.invalid",
    ],
    [
      "a project that climbs",
      [
        ["project", "../up"],
        ["files", drawing, "a.svg"],
      ],
      {},
      400,
      "asset.invalid_upload",
    ],
  ] as const)("refuses %s and keeps nothing", async (_what, parts, environment, status, code) => {
    const app = await testApp(environment);
    expect(await problemIn(await upload(app, ...parts))).toMatchObject({ status, code });
    expect(await (await app.request(images)).json()).toEqual({ images: [] });
    expect(app.internalErrors).toEqual([]);
  });

  test("refuses a form that is cut off, and keeps nothing of it", async () => {
    const app = await testApp();
    const whole = new Request("http://a", { method: "POST", body: formWith(await cutout()) });
    const bytes = new Uint8Array(await whole.clone().arrayBuffer());
    const headers = { "content-type": whole.headers.get("content-type") ?? "" };
    for (const length of [0, 10, 200, bytes.length - 20]) {
      const body = bytes.slice(0, length);
      const response = await app.request(`${images}/upload`, { method: "POST", headers, body });
      expect(await problemIn(response)).toMatchObject({ status: 400, code: "request.invalid" });
    }
    expect(await (await app.request(images)).json()).toEqual({ images: [] });
  });

  test("by address follows the rules for addresses", async () => {
    const app = await testApp();
    const response = await post(app, "/upload", { url: "http://127.0.0.1/a.png" });
    expect(await problemIn(response)).toMatchObject({ code: "source.private_address" });
    expect(await problemIn(await post(app, "/upload", { uri: "x" }))).toMatchObject({
      status: 400,
    });
  });

  test("by address keeps the picture under its own name", async () => {
    const data = await cutout();
    const app = await testApp({}, (runtime) => ({
      ...runtime,
      openUrl: async (url) => ({
        body: new Blob([new Uint8Array(data)]).stream(),
        mediaType: "image/png",
        url,
      }),
    }));
    const response = await post(app, "/upload", {
      url: "https://a.example/x/my%20cat.png?q=1",
      tags: ["web"],
    });
    expect(response.status).toBe(201);
    const [file] = ((await response.json()) as UploadAnswer).files;
    expect(file?.image).toMatchObject({ name: "my cat.png", tags: ["web"], width: 96 });
  });

  test("directly goes to the signed address, for that file alone, and is then completed", async () => {
    const app = await testApp();
    const data = await cutout();
    const asked = { name: "d.png", mediaType: "image/png", bytes: data.length };
    const offered = await post(app, "/upload-url", asked);
    expect(offered.status).toBe(201);
    const { id, upload: to } = (await offered.json()) as {
      id: string;
      upload: { url: string; headers: Record<string, string> };
    };
    const { pathname, search } = new URL(to.url);
    const put = async (query: string, bytes: Uint8Array, type = to.headers["content-type"] ?? "") =>
      app.request(pathname + query, {
        method: "PUT",
        headers: { "content-type": type, "content-length": String(bytes.length) },
        body: new Uint8Array(bytes),
      });
    expect((await put("", data)).status).toBe(403);
    expect((await put(search, Buffer.concat([data, data]))).status).toBe(403);
    expect((await put(search, data, "text/html")).status).toBe(403);
    expect(await problemIn(await post(app, "/upload-url/complete", { id }))).toMatchObject({
      code: "asset.not_uploaded",
    });
    expect((await put(search, data)).status).toBe(204);
    const completed = await post(app, "/upload-url/complete", { id });
    expect(completed.status).toBe(201);
    expect(await completed.json()).toMatchObject({ id, name: "d.png", width: 96 });
    expect((await app.request(pathname)).status).toBe(404);
  });
});

describe("an uploaded picture", () => {
  test("is listed, described and deleted", async () => {
    const app = await testApp();
    const first = await uploaded(app, await cutout(40, 30), "first.png");
    const second = await uploaded(app, await cutout(50, 30), "second.png");
    const list = async (query: string) =>
      (await (await app.request(`${images}?${query}`)).json()) as {
        images: Image[];
        nextCursor?: string;
      };
    const page = await list("limit=1");
    expect(page.images.map(({ id }) => id)).toEqual([second.id]);
    const next = await list(`limit=1&cursor=${page.nextCursor ?? ""}`);
    expect(next.images.map(({ id }) => id)).toEqual([first.id]);
    expect((await list("search=FIRST&tags=")).images.map(({ id }) => id)).toEqual([first.id]);
    expect(await problemIn(await app.request(`${images}?limit=x`))).toMatchObject({
      code: "asset.invalid_query",
    });

    const info = await app.request(`${images}/${first.id}/info`);
    expect(await info.json()).toEqual(first);
    const gone = await app.request(`${images}/${first.id}`, { method: "DELETE" });
    expect(gone.status).toBe(204);
    for (const path of ["info", "download"])
      expect(await problemIn(await app.request(`${images}/${first.id}/${path}`))).toMatchObject({
        status: 404,
        code: "asset.not_found",
      });
  });

  test("is downloaded whole, in parts, and only when it is not there already", async () => {
    const app = await testApp();
    const data = await cutout();
    const { url } = await uploaded(app, data, "Kätzchen.png");
    const get = async (headers: Record<string, string> = {}, method = "GET") =>
      app.request(new URL(url).pathname, { method, headers });
    const whole = await get();
    expect(Buffer.from(await whole.arrayBuffer()).equals(data)).toBe(true);
    const etag = whole.headers.get("etag") ?? "";
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(data.length),
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      "content-disposition": "inline; filename*=UTF-8''K%C3%A4tzchen.png",
    });
    expect((await get({ "if-none-match": `"x", ${etag}` })).status).toBe(304);
    const last = data.length - 1;
    for (const [range, from, to] of [
      ["bytes=2-5", 2, 5],
      ["bytes=5-", 5, last],
      ["bytes=-4", last - 3, last],
      ["bytes=0-999999", 0, last],
    ] as const) {
      const part = await get({ range, "if-range": etag });
      expect(part.status).toBe(206);
      expect(part.headers.get("content-range")).toBe(`bytes ${from}-${to}/${data.length}`);
      expect(Buffer.from(await part.arrayBuffer()).equals(data.subarray(from, to + 1))).toBe(true);
    }
    for (const headers of [
      { range: "bytes=0-1,3-4" },
      { range: "rows=1-2" },
      { range: "bytes=0-1", "if-range": '"x"' },
    ])
      expect((await get(headers as Record<string, string>)).status).toBe(200);
    expect(await problemIn(await get({ range: `bytes=${data.length}-` }))).toMatchObject({
      status: 416,
    });
    const head = await get({}, "HEAD");
    expect(head.headers.get("content-length")).toBe(String(data.length));
    expect(await head.text()).toBe("");
  });

  test("is never shown by a type of the sender's, and a drawing is only offered", async () => {
    const app = await testApp();
    const { url } = await uploaded(app, drawing, "page.html");
    const response = await app.request(new URL(url).pathname);
    expect(response.headers.get("content-type")).toBe("image/svg+xml");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment;/u);
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
  });

  test("is processed into versions that keep their recipe, and stays as it was", async () => {
    const app = await testApp();
    const data = await cutout(90, 60);
    const { id, url } = await uploaded(app, data);
    const variants = [
      { name: "small", steps: [{ step: "resize", width: 30 }], output: { format: "webp" } },
    ];
    await app.work();
    const waiting = { prefer: "wait=20" };
    const response = await post(app, `/${id}/process`, { variants }, waiting);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ success: true, versions: { small: 2 } });
    const info = (await (await app.request(`${images}/${id}/info`)).json()) as Image;
    expect(info.versions[2]).toMatchObject({
      name: "small",
      recipe: { steps: [{ step: "resize", width: 30 }], output: { format: "webp" } },
    });
    const path = new URL(url).pathname;
    const small = await app.request(`${path}?version=2`);
    expect(small.headers.get("content-disposition")).toContain("a-small.webp");
    expect(await sharp(Buffer.from(await small.arrayBuffer())).metadata()).toMatchObject({
      width: 30,
      format: "webp",
    });
    const again = await post(app, `/${id}/process?version=2`, { preset: "thumbnail" }, waiting);
    expect(again.status).toBe(200);
    const accepted = await post(app, `/${id}/process`, { variants });
    expect(accepted.status).toBe(202);
    expect((await app.request(accepted.headers.get("location") ?? "")).status).toBe(200);
    expect(Buffer.from(await (await app.request(path)).arrayBuffer()).equals(data)).toBe(true);
    for (const [query, status] of [
      ["?version=99", 404],
      ["?version=x", 400],
    ] as const)
      expect((await app.request(path + query)).status).toBe(status);
    expect(
      await problemIn(await post(app, `/${id}/process`, { imageUrl: "https://a.example" })),
    ).toMatchObject({ code: "request.invalid" });
    expect(app.internalErrors).toEqual([]);
  });
});

function formWith(bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append("files", new Blob([new Uint8Array(bytes)]), "a.png");
  return form;
}

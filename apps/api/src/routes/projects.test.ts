import { expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { problemIn, testApp, type TestApp } from "../testing/test-app.ts";

async function put({ request }: TestApp, path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return request(`/api/v1/${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
}

async function upload({ request }: TestApp, project: string): Promise<string> {
  const form = new FormData();
  form.append("files", new Blob([new Uint8Array(await cutout(40, 30))]), "a.png");
  form.append("project", project);
  const response = await request("/api/v1/images/upload", { method: "POST", body: form });
  const { files } = (await response.json()) as { files: [{ image: { id: string } }] };
  return files[0].image.id;
}

test("a project's rules are set, told, and taken back", async () => {
  const app = await testApp();
  await upload(app, "shop/summer");
  const rules = { temporaryMs: 3_600_000, outputsMs: null };
  const set = await put(app, "projects/shop/summer", { temporaryMs: 3_600_000 });
  expect([set.status, await set.json()]).toEqual([200, rules]);

  const projects = async () => (await app.request("/api/v1/projects")).json();
  const held = { name: "shop/summer", pictures: 1, bytes: expect.any(Number) as number };
  expect(await projects()).toEqual({ projects: [{ ...held, ...rules }] });
  expect((await put(app, "projects/shop/summer", {})).status).toBe(200);
  expect(await projects()).toMatchObject({ projects: [{ temporaryMs: null }] });
});

test.each([
  ["projects/..%2Fshop", {}],
  ["projects/shop", { temporaryMs: 5 }],
  ["projects/shop", { keep: 5 }],
])("the rules of %s can't be %j", async (path, body) => {
  const app = await testApp();
  const problem = await problemIn(await put(app, path, body));
  expect([problem.status, problem.code]).toEqual([400, "request.invalid"]);
});

test("a picture is found by the tags that it was given later", async () => {
  const app = await testApp();
  const id = await upload(app, "shop");
  const tagged = await put(app, `images/${id}/tags`, { tags: ["Red", "car"] });
  expect(await tagged.json()).toMatchObject({ id, tags: ["car", "red"] });
  const found = await (await app.request("/api/v1/images?tags=red,car")).json();
  expect(found).toMatchObject({ images: [{ id }] });
  expect((await put(app, "images/nobody/tags", { tags: [] })).status).toBe(404);
  expect((await put(app, `images/${id}/tags`, { tags: ["a,b"] })).status).toBe(400);
});

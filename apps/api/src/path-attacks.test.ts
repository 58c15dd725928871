import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { cutout } from "./testing/pictures.ts";
import { testApp, type TestApp } from "./testing/test-app.ts";

const secret = "the secret outside";
const png = await cutout(40, 30);

/** An app whose files lie beside a secret, with links that lead to it. */
async function besideSecret() {
  const folder = mkdtempSync(join(tmpdir(), "tintype-attacks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [data, outside] = [join(folder, "data"), join(folder, "outside")];
  mkdirSync(outside);
  writeFileSync(join(outside, "secret.png"), secret);
  const files = join(data, "files");
  for (const name of ["assets", "outputs"]) mkdirSync(join(files, name), { recursive: true });
  for (const name of ["linked", "assets/linked", "outputs/linked"])
    symlinkSync(outside, join(files, name));
  symlinkSync(join(outside, "secret.png"), join(files, "file.png"));
  const app = await testApp({ DATA_DIR: data });
  return { app, folder, outside };
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

function form(name: string, fields: Readonly<Record<string, string>> = {}): RequestInit {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append("files", new Blob([new Uint8Array(png)]), name);
  return { method: "POST", body };
}

/** Ways to name a place that is not the namer's. */
const climbs = [
  "../outside/secret.png",
  "a/../../outside/secret.png",
  "..%2foutside%2fsecret.png",
  "%2e%2e/outside/secret.png",
  "..\\outside\\secret.png",
  "..%5coutside%5csecret.png",
  "/etc/passwd",
  "%2fetc%2fpasswd",
  "C:\\secret.png",
  "linked/secret.png",
  "linked/new/secret.png",
  "file.png",
  "a\0.png",
  "a%00.png",
  "....//outside/secret.png",
  ".tintype/x.png",
];

/** Everything that a client names: key, source, file name, project. */
const attacks: Readonly<Record<string, (app: TestApp, name: string) => Promise<Response>>> = {
  "the key to read": async ({ request }, name) => request(`/files/${name}`),
  "the key to store": async ({ request }, name) =>
    request(`/api/v1/objects/${name}`, { method: "PUT", body: new Uint8Array(png) }),
  "the key to remove": async ({ request }, name) =>
    request(`/api/v1/objects/${name}`, { method: "DELETE" }),
  "the key to draw into": async ({ request }, name) =>
    request("/api/v1/generate", json("POST", { prompt: "a", size: "thumbnail", key: name })),
  "the stored source": async ({ process }, name) =>
    process({ source: { kind: "stored", key: name }, preset: "thumbnail" }),
  "the folder of results": async ({ process }, name) =>
    process({ imageBase64: png.toString("base64"), store: { folder: name }, preset: "product" }),
  "the name of results": async ({ process }, name) =>
    process({ imageBase64: png.toString("base64"), filename: name, preset: "product" }),
  "the file's name": async ({ request }, name) => request("/api/v1/images/upload", form(name)),
  "the project": async ({ request }, name) =>
    request("/api/v1/images/upload", form("a.png", { project: name })),
  "the project of rules": async ({ request }, name) =>
    request(`/api/v1/projects/${name}`, json("PUT", {})),
  "the project of a direct upload": async ({ request }, name) =>
    request(
      "/api/v1/images/upload-url",
      json("POST", { mediaType: "image/png", bytes: 3, project: name }),
    ),
};

test.each(Object.entries(attacks))("%s leads nowhere outside", async (_what, attack) => {
  const { app, folder, outside } = await besideSecret();
  for (const name of climbs) {
    const response = await attack(app, name).catch((error: unknown) => {
      // An address that is none never leaves its client.
      if (error instanceof TypeError) return undefined;
      throw error;
    });
    const answer = await response?.text();
    expect([name, answer?.includes(secret) ?? false]).toEqual([name, false]);
  }
  expect(readdirSync(outside)).toEqual(["secret.png"]);
  expect(readFileSync(join(outside, "secret.png"), "utf8")).toBe(secret);
  expect(readdirSync(folder).toSorted()).toEqual(["data", "outside"]);
  expect(app.internalErrors).toEqual([]);
});

test.each(["assets/x.png", "Assets/x.png", "inputs/x", "cache/x.png"])(
  "the service's own key %s is nobody's to fill or empty",
  async (key) => {
    const { app } = await besideSecret();
    for (const name of ["the key to store", "the key to remove", "the key to draw into"]) {
      const response = await attacks[name]?.(app, key);
      expect([name, response?.status, await response?.json()]).toMatchObject([
        name,
        403,
        { code: "objects.reserved_key" },
      ]);
    }
  },
);

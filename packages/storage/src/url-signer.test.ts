import { expect, test } from "vitest";

import { createUrlSigner, objectUrl, parseBaseUrl, parseKey } from "./index.ts";
import type { SignedAccess } from "./index.ts";

const [current, older, foreign] = [
  "the secret of today",
  "the secret of before",
  "another one's secret",
];
const signer = createUrlSigner({ secrets: [current, older] });
const key = parseKey("a/b.png");
const expiresAt = new Date("2026-11-21T12:00:00Z");
const before = new Date("2026-11-21T11:59:59Z");

test("opens the signed key until the expiry", () => {
  const { expires, signature } = signer.sign(key, expiresAt);
  expect(expires).toBe("1795262400");
  expect(signature).toMatch(/^[\w-]{43}$/);
  expect(signer.verify(key, expires, signature, { now: before })).toBe("ok");
  expect(signer.verify(key, expires, signature, { now: expiresAt })).toBe("expired");
});

test("refuses another key, another expiry and a changed signature", () => {
  const { expires, signature } = signer.sign(key, expiresAt);
  const flipped = (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
  expect(signer.verify(parseKey("a/c.png"), expires, signature, { now: before })).toBe("wrong");
  expect(signer.verify(key, String(Number(expires) + 1), signature, { now: before })).toBe("wrong");
  expect(signer.verify(key, "", "", { now: before })).toBe("wrong");
  for (const changed of ["", flipped, `${signature}=`, signature.slice(1)])
    expect(signer.verify(key, expires, changed, { now: before })).toBe("wrong");
});

test("keeps what a signature allows apart: reading, and putting one type and size", () => {
  const put = { method: "PUT", mediaType: "image/png", bytes: 10 } as const;
  const { expires, signature } = signer.sign(key, expiresAt, put);
  const verdict = (access: SignedAccess) =>
    signer.verify(key, expires, signature, { access, now: before });
  expect(verdict(put)).toBe("ok");
  expect(verdict("GET")).toBe("wrong");
  expect(verdict({ ...put, bytes: 11 })).toBe("wrong");
  expect(verdict({ ...put, mediaType: "image/svg+xml" })).toBe("wrong");
  const read = signer.sign(key, expiresAt);
  expect(signer.verify(key, read.expires, read.signature, { access: put, now: before })).toBe(
    "wrong",
  );
});

test("still verifies what an older secret signed, and nothing of a foreign one", () => {
  expect(verdictOn(older)).toBe("ok");
  expect(verdictOn(foreign)).toBe("wrong");
});

test("refuses a short secret without telling it", () => {
  expect(() => createUrlSigner({ secrets: ["hunter2"] })).toThrow(
    expect.objectContaining({
      kind: "configuration",
      code: "storage.weak_secret",
      message: expect.not.stringContaining("hunter2") as string,
    }),
  );
});

test("an address that expires carries what its signer verifies", () => {
  const url = new URL(objectUrl("https://a.example", key, { expiresInSeconds: 60 }, signer));
  const parameter = (name: string) => url.searchParams.get(name) ?? "";
  expect(signer.verify(key, parameter("expires"), parameter("signature"))).toBe("ok");
});

test("an address without a signer does not expire, and says so when it is asked to", () => {
  expect(objectUrl("https://a.example", key, { downloadName: "ä b.png" })).toBe(
    "https://a.example/a/b.png?download=%C3%A4+b.png",
  );
  expect(() => objectUrl("https://a.example", key, { expiresInSeconds: 60 })).toThrow(
    expect.objectContaining({ code: "storage.cannot_sign" }),
  );
});

test.each(["", "images", "https://a.example/?a=b", "https://a.example/#x", "https://me@a.example"])(
  "refuses %j as a base URL",
  (text) => {
    expect(() => parseBaseUrl(text)).toThrow(
      expect.objectContaining({ kind: "configuration", code: "storage.invalid_base_url" }),
    );
  },
);

function verdictOn(secret: string) {
  const { expires, signature } = createUrlSigner({ secrets: [secret] }).sign(key, expiresAt);
  return signer.verify(key, expires, signature, { now: before });
}

import { isTintypeError } from "@tintype/errors";
import { describe, expect, test } from "vitest";

import { parseSourceUrl } from "./parse-source-url.ts";

function codeOf(text: string, from?: URL): string {
  try {
    return parseSourceUrl(text, from).href;
  } catch (error) {
    if (isTintypeError(error)) return error.code;
    throw error;
  }
}

describe("parseSourceUrl", () => {
  test.each([
    ["https://a.example/x.png?size=2#part", "https://a.example/x.png?size=2"],
    ["http://a.example:8080/", "http://a.example:8080/"],
    ["http://2130706433/", "http://127.0.0.1/"],
    ["http://0x7f.1/", "http://127.0.0.1/"],
    ["http://017700000001/", "http://127.0.0.1/"],
    ["http://127.1/", "http://127.0.0.1/"],
    ["http://①②⑦.0.0.1/", "http://127.0.0.1/"],
    ["http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"],
  ])("reads %s as %s", (text, href) => expect(codeOf(text)).toBe(href));

  test.each([
    "",
    "x.png",
    "//a.example/x.png",
    "file:///etc/passwd",
    "ftp://a.example/",
    "data:image/png;base64,AA==",
    "blob:https://a.example/1",
    "javascript:alert(1)",
    "https://user:password@a.example/",
    "https://user@a.example/",
    "http://a.example:22/",
    "http://a.example:25/",
    "http://a.example:0/",
    "http://a.example:70000/",
    "http://127.0.0.1.2.3.4/",
  ])("refuses %j", (text) => expect(codeOf(text)).toBe("source.invalid_url"));

  test("resolves a redirect against the address that sent it", () => {
    const from = new URL("https://a.example/x/y.png?z");
    expect(codeOf("../w.png", from)).toBe("https://a.example/w.png");
    expect(codeOf("//b.example/w.png", from)).toBe("https://b.example/w.png");
  });

  test("lets a redirect go up to https, not down to http", () => {
    expect(codeOf("https://a.example/", new URL("http://a.example/"))).toBe("https://a.example/");
    expect(codeOf("http://a.example/", new URL("https://a.example/"))).toBe("source.invalid_url");
  });

  test("keeps the address out of its messages", () => {
    expect(() => parseSourceUrl("ftp://a.example/?token=hush")).not.toThrow("hush");
    expect(() => parseSourceUrl("ftp://a.example/?token=hush")).toThrow("must start with http");
  });
});

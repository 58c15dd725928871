import { describe, expect, test } from "vitest";

import { detectFormat } from "./detect-format.ts";

const ascii = (text: string) => Buffer.from(text, "latin1");
const boxed = (...brands: string[]) =>
  ascii(`\0\0\0${String.fromCharCode(16 + 4 * (brands.length - 1))}ftyp`).toString("latin1") +
  `${brands[0]}\0\0\0\0${brands.slice(1).join("")}`;

describe("detectFormat", () => {
  test.each([
    ["jpeg", "\xff\xd8\xff\xe0"],
    ["png", "\x89PNG\r\n\x1a\n"],
    ["webp", "RIFF\x24\0\0\0WEBPVP8 "],
    ["gif", "GIF87a"],
    ["gif", "GIF89a"],
    ["tiff", "II*\0"],
    ["tiff", "MM\0*"],
    ["tiff", "II+\0"],
    ["bmp", `BM${"\0".repeat(24)}`],
    ["ico", `\0\0\x01\0${"\0".repeat(18)}`],
    ["avif", boxed("avif", "mif1")],
    ["avif", boxed("mif1", "miaf", "avif")],
    ["heic", boxed("heic", "mif1")],
    ["svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["svg", '\uFEFF<?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n<svg>'],
    ["svg", "<svg:svg xmlns:svg='x'>"],
  ])("knows %s by its first bytes", (format, text) => {
    expect(detectFormat(text.startsWith("\uFEFF") ? Buffer.from(text) : ascii(text))).toBe(format);
  });

  test("knows an SVG in UTF-16", () => {
    expect(detectFormat(Buffer.from("\uFEFF<svg/>", "utf16le"))).toBe("svg");
  });

  test.each([
    ["nothing", ""],
    ["text", "BM is no picture"],
    ["a page", "<!DOCTYPE html><html><svg></svg></html>"],
    ["a page whose comment says svg", "<!-- <svg> --><html>"],
    ["a film", boxed("isom", "mp42")],
    ["sound in the same container as WebP", "RIFF\x24\0\0\0WAVEfmt "],
    ["half a signature", "\x89PNG"],
    ["a container cut after its name", "\0\0\0\x18ftyp"],
  ])("does not take %s for a picture", (_what, text) => {
    expect(detectFormat(ascii(text))).toBeUndefined();
  });
});

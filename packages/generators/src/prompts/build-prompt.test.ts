import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { buildPrompt, builtInPrompts, generationFields, type PromptBook } from "../index.ts";

describe("a prompt", () => {
  test("without anything else stays what it is, as a sentence, at the standard size", () => {
    expect(buildPrompt({ prompt: " a red car " })).toEqual({
      prompt: "a red car.",
      width: 1024,
      height: 1024,
    });
  });

  test("is followed by theme, domain, brand and quality, in this order", () => {
    const { prompt } = buildPrompt({
      prompt: "Retirement!",
      theme: "vintage",
      domain: "finance",
      brand: {
        primaryColor: "#0066cc",
        secondaryColor: "#00aa66",
        colors: ["#ffd700"],
        style: "professional",
      },
      quality: "high",
    });
    const { themes, domains, qualities } = builtInPrompts;
    expect(prompt).toBe(
      `Retirement! ${themes.vintage} ${domains.finance} The brand's palette: #0066cc as the leading color, #00aa66 as the second color, #ffd700 as accents. The brand's style: professional. ${qualities.high}`,
    );
  });

  test("says nothing of finance unless it is asked to", () => {
    for (const theme of Object.keys(builtInPrompts.themes)) {
      expect(buildPrompt({ prompt: "a goal", theme }).prompt).not.toMatch(/financ/iu);
    }
  });

  test.each(Object.entries(builtInPrompts.sizes))("of the size %s has its pixels", (size, px) => {
    expect(buildPrompt({ prompt: "x", size })).toMatchObject(px);
  });

  test("has a custom size only with width and height", () => {
    const custom = { prompt: "x", size: "custom" };
    expect(buildPrompt({ ...custom, width: 1600, height: 900 })).toMatchObject({ width: 1600 });
    const code = "prompt.invalid_size";
    expect(() => buildPrompt(custom)).toThrow(expect.objectContaining({ code }));
    expect(() => buildPrompt({ prompt: "x", size: "card", width: 10, height: 10 })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test.each([
    [{ theme: "baroque" }, "prompt.unknown_theme"],
    [{ theme: "constructor" }, "prompt.unknown_theme"],
    [{ size: "huge" }, "prompt.unknown_size"],
    [{ domain: "law" }, "prompt.unknown_domain"],
    [{ template: { name: "poem" } }, "prompt.unknown_template"],
  ])("that names what the book lacks, %j, is refused with what there is", (fault, code) => {
    expect(() => buildPrompt({ prompt: "x", ...fault })).toThrow(
      expect.objectContaining({ code, kind: "invalid_input" }),
    );
  });
});

describe("a book of one's own", () => {
  const book: PromptBook = {
    ...builtInPrompts,
    sizes: { ...builtInPrompts.sizes, square: { width: 600, height: 600 } },
    domains: { ...builtInPrompts.domains, law: "Before a court." },
    templates: {
      card: {
        placeholders: { mood: "calm", place: undefined },
        variants: { a: "{prompt} in {place}, {mood}", b: "In {place}: {prompt}" },
      },
    },
  };
  const card = (template: object, seed?: number) =>
    buildPrompt({ prompt: "a cat", template: { name: "card", ...template }, seed }, book);

  test("adds sizes, domains and templates, to the schema too", () => {
    expect(buildPrompt({ prompt: "x", size: "square", domain: "law" }, book)).toEqual({
      prompt: "x. Before a court.",
      width: 600,
      height: 600,
    });
    const schema = z.strictObject(generationFields(book));
    expect(schema.safeParse({ prompt: "x", domain: "law" }).success).toBe(true);
    expect(schema.safeParse({ prompt: "x", domain: "tax" }).success).toBe(false);
  });

  test("fills a template's places by name, and records the wording that was taken", () => {
    const values = { place: "Rome" };
    expect(card({ values, variant: "a" })).toMatchObject({
      prompt: "a cat in Rome, calm.",
      template: { name: "card", variant: "a" },
    });
    expect(card({ values, variant: "b" }).template?.variant).toBe("b");
  });

  test("takes both wordings of a template about as often, the same for the same request", () => {
    const taken = Array.from({ length: 200 }, (_, seed) => {
      const [first, again] = [1, 2].map(() => card({ values: { place: "Rome" } }, seed));
      expect(first).toEqual(again);
      return first?.template?.variant;
    });
    const share = taken.filter((variant) => variant === "a").length;
    expect(share).toBeGreaterThan(60);
    expect(share).toBeLessThan(140);
  });

  test.each([
    [{ variant: "a" }],
    [{ variant: "c", values: { place: "Rome" } }],
    [{ variant: "toString", values: { place: "Rome" } }],
    [{ values: { place: "Rome", time: "noon" } }],
  ])("refuses a template that is filled in wrongly, %j", (template) => {
    expect(() => card(template)).toThrow(
      expect.objectContaining({ code: "prompt.invalid_template" }),
    );
  });

  test("puts values in as they are, whatever places they seem to name", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constantFrom("{mood}", "{prompt}", "$&"),
        (text, place) => {
          const { prompt } = card({ variant: "b", values: { place: text + place } });
          expect(prompt).toBe(`In ${text}${place}: a cat.`.trim());
        },
      ),
    );
  });
});

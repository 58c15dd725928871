import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { chromium, type Browser, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { threeCutOuts } from "./testing/cut-outs.ts";
import { openPage, seriousFaults } from "./testing/open-page.ts";
import { startService, type StartedService } from "./testing/start-service.ts";

const patience = { timeout: 30_000 };
let browser: Browser;
let service: StartedService;

beforeAll(async () => {
  const executablePath = process.env["TEST_CHROMIUM"];
  if (executablePath === undefined)
    throw new Error("TEST_CHROMIUM is not set: run this amid tools/services.");
  await build({ root: fileURLToPath(new URL("..", import.meta.url)), logLevel: "error" });
  [service, browser] = await Promise.all([
    startService(),
    chromium.launch({ executablePath, args: ["--no-sandbox"] }),
  ]);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await service?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  const { images } = (await (await fetch(`${service.url}/api/v1/images`)).json()) as {
    images: readonly { id: string }[];
  };
  for (const { id } of images)
    await fetch(`${service.url}/api/v1/images/${id}`, { method: "DELETE" });
});

/** Adds three pictures, and waits until they are in the gallery. */
async function uploadThree(page: Page): Promise<void> {
  const files = await threeCutOuts(service.url);
  await page.getByLabel("Choose files").setInputFiles([...files]);
  for (const { name } of files) await page.getByRole("link", { name }).first().waitFor(patience);
  await page.getByText("3 of 3 done").waitFor(patience);
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Tintype" }).getByRole("link", { name }).click();
}

async function downloadBy(page: Page, name: RegExp | string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).first().click(),
  ]);
  return readFile(await download.path());
}

describe("the studio", () => {
  test("takes three pictures, processes them with a preset, shows the job's end, compares and downloads", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    for (const name of ["flip", "flop", "negate"])
      await page.getByLabel(`Select ${name}.png`).check();
    await page.getByText("Process with").click();
    await page.getByRole("button", { name: /^Product/u }).click();
    await page.getByText("3 of 3 done").waitFor(patience);
    await page.getByRole("button", { name: "Details: Batch" }).click();
    await page.getByRole("button", { name: /^Details: .*flip\.png/u }).click();
    const file = await downloadBy(page, "Download: grid");
    expect(file.subarray(8, 12).toString()).toBe("WEBP");
    await page.getByRole("link", { name: "Compare the versions" }).click();
    await expect.poll(() => page.locator(".versions li").count()).toBe(4);
    await page.getByRole("img", { name: "flip.png, detail" }).waitFor(patience);
    await page.getByLabel("After", { exact: true }).selectOption("grid (webp)");
    const slider = page.getByRole("slider", { name: "Where before ends" });
    await slider.fill("20");
    await expect
      .poll(() => page.locator(".before").evaluate(({ style }) => style.clipPath))
      .toBe("inset(0px 80% 0px 0px)");
    await page.getByText("kB → ").waitFor(patience);
  });

  test("previews a recipe while it is written, keeps it over a reload, and gives all files as a zip", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    await page.getByRole("link", { name: /recipe editor: flip/u }).click();
    await page.getByText("Start from a preset").click();
    await page.getByRole("button", { name: /^Product/u }).click();
    const after = page.getByRole("img", { name: "After" });
    await after.waitFor(patience);
    const before = await after.getAttribute("src");
    await page
      .getByLabel(/^Opacity/u)
      .and(page.getByRole("spinbutton"))
      .first()
      .fill("0.9");
    await expect.poll(() => after.getAttribute("src"), patience).not.toBe(before);
    await page.reload();
    expect(
      await page
        .getByLabel(/^Opacity/u)
        .and(page.getByRole("spinbutton"))
        .first()
        .inputValue(),
    ).toBe("0.9");
    await page.getByRole("button", { name: "Process", exact: true }).click();
    await page.getByText("Kept as versions of the picture.").waitFor(patience);
    const zip = await downloadBy(page, "Download all (zip)");
    expect(zip.subarray(0, 2).toString()).toBe("PK");
    for (const name of ["processed", "grid", "detail"])
      expect(zip.includes(`flip-${name}.`)).toBe(true);
  });

  test("orders steps by keyboard, compares formats, and gives the recipe as code and as a link", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    await page.getByRole("link", { name: /recipe editor: flip/u }).click();
    await page.getByText("Start from a preset").click();
    await page.getByRole("button", { name: /^Product/u }).click();
    await page.getByRole("button", { name: /^Shadow: move/u }).press("ArrowUp");
    await page.getByRole("button", { name: "Copy as" }).click();
    await page.getByRole("tab", { name: "TypeScript" }).click();
    const code = await page.locator(".code").textContent();
    expect(code).toMatch(/recipe\(shadow\(.*autoCrop\(/u);
    await page.getByRole("button", { name: "Close" }).click();
    const shadows = page.locator("[data-step]").filter({ hasText: "Shadow" });
    await page.getByRole("button", { name: "Reset", exact: true }).click();
    await expect.poll(() => shadows.count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect.poll(() => shadows.count()).toBe(1);
    await page.getByRole("button", { name: "Measure" }).click();
    await page.getByRole("button", { name: /^Avif at 90/u }).click(patience);
    await page.locator(".zoom").getByText("100 %").waitFor(patience);
    expect(await page.getByRole("img", { name: "Before" }).count()).toBe(1);
    await page.getByText("Smallest at SSIM").waitFor(patience);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("it holds the whole recipe").waitFor(patience);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await openPage(browser, service.url);
    await other.goto(link);
    await expect
      .poll(() => other.locator("[data-step]").filter({ hasText: "Shadow" }).count())
      .toBe(1);
  });

  test("makes pictures from words, keeps them over a reload, and hands one to a recipe", async () => {
    const page = await openPage(browser, service.url);
    await goTo(page, "Generate");
    await page.getByLabel("What to draw, in words").fill("A blue bottle and a lemon");
    await page.getByRole("button", { name: "Generate", exact: true }).click();
    await page.getByText("2 pictures were made").waitFor(patience);
    await page.reload();
    await expect.poll(() => page.locator(".drawn figure").count()).toBe(2);
    await page.getByRole("link", { name: "Into a recipe" }).first().click();
    await page.getByRole("img", { name: "After" }).waitFor(patience);
    await page.getByText("a-blue-bottle-and-a-lemon-1.png").waitFor(patience);
  });

  test("says that the server broke, loses nothing, and goes on when it is back", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    await page.getByRole("link", { name: /recipe editor: flop/u }).click();
    await page.getByRole("img", { name: "After" }).waitFor(patience);
    const banner = page.getByRole("alert").filter({ hasText: "does not answer" });
    await service.breakApi();
    try {
      await page.getByText("Add step").first().click();
      await page.getByRole("button", { name: /^Grayscale/u }).click();
      await banner.first().waitFor(patience);
    } finally {
      await service.mendApi();
    }
    await expect.poll(() => banner.count(), patience).toBe(0);
    await page.getByText("Grayscale").first().waitFor(patience);
    await page.getByRole("button", { name: "Process", exact: true }).click();
    await page.getByText("Kept as versions of the picture.").waitFor(patience);
  });

  test("brings deleted pictures back", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    const card = page.getByLabel("Select negate.png");
    await card.check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expect.poll(() => card.count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await card.waitFor(patience);
    await page.reload();
    await card.waitFor(patience);
  });

  test("tags a picture, and finds what is tagged", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    await page.getByRole("link", { name: "flop.png", exact: true }).first().click();
    await page.getByLabel("Add a tag").fill("spring");
    await page.getByLabel("Add a tag").press("Enter");
    await page.getByRole("link", { name: "spring" }).click();
    await page.getByText("Tagged spring").waitFor(patience);
    await expect.poll(() => page.locator(".card").count(), patience).toBe(1);
    await page.getByText("Tagged spring").click();
    await expect.poll(() => page.locator(".card").count(), patience).toBe(3);
  });

  test("puts pictures into a project, and chooses among the projects that there are", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    const project = page.getByLabel("Project");
    await project.selectOption("New project…");
    await page.getByLabel("Name of the project").fill("spring/teas");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("Nothing found").waitFor(patience);
    const cards = page.locator(".card");
    await page
      .getByLabel("Choose files")
      .setInputFiles((await threeCutOuts(service.url)).slice(0, 2));
    await expect.poll(() => cards.count(), patience).toBe(2);
    await project.selectOption("default (3)", patience);
    await expect.poll(() => cards.count(), patience).toBe(3);
    await project.selectOption("spring/teas (2)", patience);
    await expect.poll(() => cards.count(), patience).toBe(2);
    await project.selectOption("Any project");
    await expect.poll(() => cards.count(), patience).toBe(5);
  });

  test("keeps but a few of thousands of pictures in the page", async () => {
    const page = await openPage(browser, service.url);
    const summary = { format: "png", width: 10, height: 10, bytes: 100, scan: "off" };
    const images = Array.from({ length: 3000 }, (_, index) => {
      const thumbnailUrl = `${service.url}/favicon.ico`;
      return { id: String(index), name: `picture ${index}`, tags: [], thumbnailUrl, ...summary };
    });
    await page.route("**/api/v1/images?*", (route) => route.fulfill({ json: { images } }));
    await page.reload();
    await page.getByText("picture 0", { exact: true }).waitFor(patience);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.getByText("picture 2999", { exact: true }).waitFor(patience);
    expect(await page.locator(".card").count()).toBeLessThan(100);
  });

  test("asks for the key once, and keeps it for the session", async () => {
    const hash = "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";
    await using locked = await startService({ API_KEYS: `me:read+process:${hash}` });
    const page = await openPage(browser, locked.url);
    await page.getByLabel("API key").fill("wrong");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("That key opens nothing here").waitFor(patience);
    await page.getByLabel("API key").fill("key");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("No pictures yet").waitFor(patience);
    await page.reload();
    await page.getByText("No pictures yet").waitFor(patience);
    expect(await page.getByLabel("API key").count()).toBe(0);
  });

  test.each([
    ["a laptop in the light", { colorScheme: "light" }],
    ["a phone in the dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
  ] as const)("is in order for axe, and fits, on %s", async (_name, options) => {
    const page = await openPage(browser, service.url, options);
    await uploadThree(page);
    await page.getByRole("link", { name: /recipe editor: flip/u }).click();
    await page.getByText("Start from a preset").click();
    await page.getByRole("button", { name: /^Product/u }).click();
    await page.getByRole("img", { name: "After" }).waitFor(patience);
    const looks: Record<string, readonly string[]> = {};
    for (const name of ["Library", "Recipe", "Generate", "Jobs", "Glance"]) {
      await goTo(page, name);
      await expect.poll(() => page.getByText("Loading…").count(), patience).toBe(0);
      looks[name] = await seriousFaults(page);
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([name, excess]).toEqual([name, 0]);
    }
    await goTo(page, "Recipe");
    await page.getByRole("button", { name: "Copy as" }).click();
    looks["Copy as"] = await seriousFaults(page);
    expect(Object.values(looks).flat()).toEqual([]);
  });
});

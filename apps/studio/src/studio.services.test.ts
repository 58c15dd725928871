import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";

import type { Image, ImageList } from "./api/answers.ts";
import { formatBytes } from "./format-amount.ts";
import { byKeyboard } from "./testing/by-keyboard.ts";
import { cutOuts, threeCutOuts, type PictureFile } from "./testing/cut-outs.ts";
import { openPage, seriousFaults } from "./testing/open-page.ts";
import { runCommand } from "./testing/run-command.ts";
import { startService, type StartedService } from "./testing/start-service.ts";

const patience = { timeout: 30_000 };
const threeNames = ["flip.png", "flop.png", "negate.png"];
/** No connection to it leaves this machine. */
const publicAddress = "93.184.216.34";
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

/** The recipe as something to run elsewhere, as it comes out of the clipboard. */
async function copyAs(page: Page, way: string): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy as" }).click();
  await page.getByRole("tab", { name: way }).click();
  const code = (await page.locator(".code").textContent()) ?? "";
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await page.getByRole("button", { name: "Close" }).click();
  return code;
}

/** What the versions of a picture take together, without itself and its thumbnail. */
async function bytesMadeOf(name: string): Promise<number> {
  const { images } = await ask<ImageList>(`?search=${name}`);
  const { versions } = await ask<Image>(`/${images[0]?.id}/info`);
  const made = versions.filter(({ number }) => number > 1);
  return made.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function ask<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${service.url}/api/v1/images${path}`)).json()) as Answer;
}

/** Serves a picture on this machine, for the length of a test; gives the port. */
async function servePicture({ mimeType, buffer }: PictureFile): Promise<number> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", mimeType).end(buffer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Answers for a list of the API, some of the entries at a time. */
async function servePages(
  page: Page,
  name: "images" | "jobs",
  perPage: number,
  entries: () => readonly object[],
): Promise<void> {
  await page.route(`**/api/v1/${name}?*`, async (route) => {
    const { searchParams } = new URL(route.request().url());
    const all = entries();
    const from = Number(searchParams.get("cursor") ?? all.length);
    const first = all.length - from;
    const nextCursor = from > perPage ? String(from - perPage) : undefined;
    await route.fulfill({ json: { [name]: all.slice(first, first + perPage), nextCursor } });
  });
}

/** A job that ended, with a fault of any length at times. */
function jobOf(index: number): object {
  return {
    id: `job ${index}`,
    kind: "process",
    state: "succeeded",
    progress: { percent: 100 },
    attempts: 1,
    revision: 1,
    createdAt: new Date(index * 60_000).toISOString(),
    ...(index % 3 === 0 && {
      error: { message: `A long fault. ${"Said so. ".repeat(index % 40)}` },
    }),
    result: { asset: { id: "1", name: `picture ${index}.png` }, variants: [], warnings: [] },
  };
}

/** Goes to the end of a list, and of each page that comes then, until an element has the focus. */
async function reachByEnd(page: Page, last: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press("End");
      return hasFocus(last);
    }, patience)
    .toBe(true);
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return (
    (await wanted.count()) > 0 && wanted.evaluate((element) => element === document.activeElement)
  );
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
    const total = formatBytes(await bytesMadeOf("flip.png"));
    await page.getByText(`3 files, ${total} in all`).waitFor(patience);
    const zip = await downloadBy(page, "Download all (zip)");
    expect(zip.subarray(0, 2).toString()).toBe("PK");
    for (const name of ["processed", "grid", "detail"])
      expect(zip.includes(`flip-${name}.`)).toBe(true);
  });

  test("shows what takes long rough first, as large as it will be", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    const sides: number[] = [];
    await page.route("**/preview", async (route) => {
      const { maxSide } = route.request().postDataJSON() as { readonly maxSide: number };
      sides.push(maxSide);
      if (maxSide >= Math.max(...sides)) await sleep(700);
      await route.continue().catch(() => undefined);
    });
    await page.getByRole("link", { name: /recipe editor: flip/u }).click();
    await page.getByText("Start from a preset").click();
    await page.getByRole("button", { name: /^Product/u }).click();
    const after = page.getByRole("img", { name: "After" });
    await after.waitFor(patience);
    const stage = page.getByRole("group", { name: "Preview" });
    const atRest = () => expect.poll(() => stage.getAttribute("aria-busy"), patience).toBe("false");
    await atRest();
    const whole = Math.max(...sides);
    sides.length = 0;
    const opacity = page.getByLabel(/^Opacity/u).and(page.getByRole("spinbutton"));
    const [full, src] = [await after.boundingBox(), await after.getAttribute("src")];
    await opacity.first().fill("0.9");
    await expect.poll(() => after.getAttribute("src"), patience).not.toBe(src);
    const rough = await after.boundingBox();
    expect(Math.abs((rough?.width ?? 0) - (full?.width ?? 0))).toBeLessThan(4);
    await atRest();
    expect(sides).toEqual([Math.round(whole / 2), whole]);
    expect((await after.boundingBox())?.width).toBe(full?.width);
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

  test("shows how far an upload is, and sends it again when the server was away", async () => {
    const page = await openPage(browser, service.url);
    const [file] = await cutOuts(service.url, [
      { name: "large", steps: [{ step: "resize", width: 1600, enlarge: true }] },
    ]);
    if (file === undefined) throw new Error("No picture was made.");
    const retry = page.getByRole("button", { name: "Try again: large.png" });
    await service.breakApi();
    try {
      await page.getByLabel("Choose files").setInputFiles([file]);
      await retry.waitFor(patience);
      expect(await page.locator(".tray .fault-text").textContent()).toMatch(/does not answer/u);
    } finally {
      await service.mendApi();
    }
    const line = await page.context().newCDPSession(page);
    await line.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: file.buffer.length / 3,
    });
    await retry.click();
    const bar = page.getByRole("progressbar", { name: "large.png" });
    const share = () => bar.evaluate((element) => (element as HTMLProgressElement).position);
    await expect.poll(share, { interval: 50, ...patience }).toBeGreaterThan(0);
    expect(await share()).toBeLessThan(1);
    await page.getByText("1 of 1 done").waitFor(patience);
    await page.getByLabel("Select large.png").waitFor(patience);
  });

  test("shows a blur of each picture until it is there", async () => {
    const page = await openPage(browser, service.url);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route("**/download?version=thumbnail", async (route) => {
      await held;
      await route.continue();
    });
    await uploadThree(page);
    const shown = () =>
      page
        .locator(".card img")
        .evaluateAll((all) =>
          all.map((one) => [
            (one as HTMLImageElement).src.slice(0, 10),
            (one as HTMLImageElement).naturalWidth > 0,
          ]),
        );
    await expect
      .poll(shown, patience)
      .toEqual(Array.from({ length: 3 }, () => ["data:image", true]));
    release();
    await expect
      .poll(shown, patience)
      .toEqual(Array.from({ length: 3 }, () => ["blob:http:", true]));
  });

  test("searches, filters and orders the library", async () => {
    const page = await openPage(browser, service.url);
    const files = [
      ...(await threeCutOuts(service.url)),
      ...(await cutOuts(service.url, [
        { name: "lemon", steps: [{ step: "resize", width: 64 }], format: "webp" },
      ])),
    ];
    await page.getByLabel("Choose files").setInputFiles(files);
    await page.getByText("4 of 4 done").waitFor(patience);
    const names = () => page.locator(".card .name").allTextContents();
    const search = page.getByLabel("Search by name or tag");
    await search.fill("LEM");
    await expect.poll(names, patience).toEqual(["lemon.webp"]);
    await search.fill("kettle");
    await page.getByText("Nothing found").waitFor(patience);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(names, patience).toHaveLength(4);
    await page.getByLabel("Format").selectOption("png");
    await expect.poll(async () => (await names()).toSorted(), patience).toEqual(threeNames);
    await page.getByLabel("Format").selectOption("Any format");
    await page.getByLabel("Order").selectOption("By name");
    await expect
      .poll(names, patience)
      .toEqual(["flip.png", "flop.png", "lemon.webp", "negate.png"]);
    await page.getByLabel("Order").selectOption("By size");
    const bySize = files.toSorted((a, b) => a.buffer.length - b.buffer.length);
    await expect.poll(names, patience).toEqual(bySize.map(({ name }) => name));
  });

  test("draws for a theme, a size, a brand and a picture, and shows the variations side by side", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    await goTo(page, "Generate");
    await page.getByLabel("What to draw, in words").fill("A blue bottle");
    await page.getByLabel("Count", { exact: true }).and(page.getByRole("spinbutton")).fill("3");
    await page.getByLabel("Size", { exact: true }).selectOption("card");
    await page.getByRole("button", { name: "Not set: Theme" }).click();
    await page.getByLabel("Theme", { exact: true }).selectOption("vintage");
    await page.getByRole("button", { name: "Not set: Brand" }).click();
    await page.getByRole("button", { name: "Not set: Primary color" }).click();
    await page
      .getByLabel("Primary color", { exact: true })
      .and(page.locator("[type=text]"))
      .fill("#cc3300");
    await page.getByRole("group", { name: "Colors" }).getByText("Add one more").click();
    await page.getByRole("button", { name: "Add a picture to work from" }).click();
    await page.locator(".picker").getByRole("button", { name: "flop.png" }).click();
    await page.getByRole("button", { name: "Remove: flop.png" }).waitFor(patience);
    const [asked] = await Promise.all([
      page.waitForRequest("**/api/v1/generate"),
      page.getByRole("button", { name: "Generate", exact: true }).click(),
    ]);
    const { references, ...rest } = asked.postDataJSON() as { references: readonly string[] };
    expect(references.map((one) => one.slice(0, 23))).toEqual(["data:image/webp;base64,"]);
    expect(rest).toEqual({
      prompt: "A blue bottle",
      count: 3,
      size: "card",
      theme: "vintage",
      brand: { primaryColor: "#cc3300", colors: ["#0066cc"] },
    });
    await page.getByText("3 pictures were made").waitFor(patience);
    await page.getByText("3 pictures, $0.00 in all").waitFor(patience);
    const pictures = page.getByRole("img", {
      name: /^A blue bottle\..* vintage look.*#cc3300 as the leading color, #0066cc as accents/u,
    });
    await expect.poll(() => pictures.count(), patience).toBe(3);
    expect(await page.locator(".drawn").getByText("512 × 512").count()).toBe(3);
    const [left, right] = await Promise.all(
      [0, 1].map(async (index) => page.locator(".drawn > li").nth(index).boundingBox()),
    );
    expect(left?.y).toBe(right?.y);
    expect(left?.x).toBeLessThan(right?.x ?? 0);
    await page.getByRole("link", { name: "Into a recipe" }).first().click();
    await page.getByRole("img", { name: "After" }).waitFor(patience);
  });

  test("cancels a job that waits, and has a dead letter done again", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    await service.breakWorker();
    try {
      await page.getByLabel("Select flip.png").check();
      await page.getByText("Process with").click();
      await page.getByRole("button", { name: /^Product/u }).click();
      await page.locator(".job.queued").waitFor(patience);
      await page.getByRole("button", { name: "Cancel: Process a picture" }).click();
      await page.locator(".job.canceled").waitFor(patience);
      // A setting that is too tight fails the job; once it is mended, the job is done.
      await service.mendWorker({ MAX_PIXELS: "1000" });
      await page.getByRole("button", { name: "Try again: Process a picture" }).click();
      await page
        .locator(".job.failed .fault-text")
        .getByText(/0\.001 megapixels are allowed/u)
        .waitFor(patience);
    } finally {
      await service.mendWorker();
    }
    await page.getByRole("link", { name: "Canceled" }).click();
    await page.getByText("No such jobs").waitFor(patience);
    await page.getByRole("link", { name: "Dead letters" }).click();
    await expect.poll(() => page.locator(".job").count(), patience).toBe(1);
    await page.getByRole("button", { name: "Try it again" }).click();
    const done = page.locator(".job.succeeded").filter({ hasText: "flip.png" });
    await done.first().waitFor(patience);
    await page.getByRole("link", { name: "Dead letters" }).click();
    await page.getByText("No such jobs").waitFor(patience);
  });

  test("gives a recipe as commands that run as they are", async () => {
    const page = await openPage(browser, service.url);
    await uploadThree(page);
    const [flip] = await threeCutOuts(service.url);
    if (flip === undefined) throw new Error("No picture was made.");
    await page.getByRole("link", { name: /recipe editor: flip/u }).click();
    for (const step of ["Redact", "Watermark"]) {
      await page.getByText("Add step").first().click();
      await page.getByRole("button", { name: new RegExp(`^${step}`, "u") }).click();
    }
    await page.getByRole("button", { name: "Leave Image out" }).click();
    await page.getByRole("button", { name: "Not set: Text" }).click();
    await page.getByLabel("Text", { exact: true }).fill('It\'s tea; 2, "please"');
    const curl = await runCommand(await copyAs(page, "curl"), flip);
    expect(JSON.parse(curl.stdout)).toMatchObject({
      variants: { web: { format: "webp" } },
      warnings: [],
    });
    const command = await runCommand(await copyAs(page, "Command line"), flip);
    expect(command.files).toEqual(["flip.webp"]);
  });

  test("fetches a picture by its address, and gives signed addresses of what it made", async () => {
    const [flip] = await threeCutOuts(service.url);
    if (flip === undefined) throw new Error("No picture was made.");
    await using signing = await startService({
      SIGN_URLS: "true",
      SIGNING_SECRET: "a secret of this test alone",
      NODE_OPTIONS: `--import=${new URL("testing/stand-in-web.ts", import.meta.url).href}`,
      STAND_IN_FOR: publicAddress,
    });
    const page = await openPage(browser, signing.url);
    const address = page.getByLabel("Address of a picture");
    await address.fill(`http://${publicAddress}:${await servePicture(flip)}/tea/kettle.png`);
    await address.press("Enter");
    await page.getByText("1 of 1 done").waitFor(patience);
    await page.getByRole("link", { name: /recipe editor: kettle/u }).click();
    await page.getByRole("button", { name: "Process", exact: true }).click();
    await page.getByText("Kept as versions of the picture.").waitFor(patience);
    const link = await copyAs(page, "Signed URL");
    const file = await fetch(link);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "image/webp"]);
    const { origin, pathname, search } = new URL(link);
    expect(search).not.toBe("");
    expect((await fetch(`${origin}${pathname}`)).status).toBe(403);
  });

  test("keeps but a few of thousands of pictures in the page, and shows all, in the library and to pick one", async () => {
    const page = await openPage(browser, service.url);
    const summary = { format: "png", width: 10, height: 10, bytes: 100, scan: "off" };
    const images = Array.from({ length: 2000 }, (_, index) => {
      const thumbnailUrl = `${service.url}/small/${index}.svg`;
      return { id: String(index), name: `picture ${index}`, tags: [], thumbnailUrl, ...summary };
    });
    const body = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>';
    await page.route("**/small/*", (route) =>
      route.fulfill({ contentType: "image/svg+xml", body }),
    );
    await servePages(page, "images", 250, () => images);
    await page.reload();
    const cells = page.locator(".virtual > [data-key]");
    await page.getByRole("link", { name: "picture 0", exact: true }).focus();
    await reachByEnd(page, page.getByRole("link", { name: "picture 1999", exact: true }));
    expect(await cells.count()).toBeLessThan(100);
    await goTo(page, "Generate");
    await page.getByRole("button", { name: "Add a picture to work from" }).click();
    await page.getByRole("button", { name: /^picture 0 /u }).focus();
    const last = page.getByRole("button", { name: /^picture 1999 /u });
    await reachByEnd(page, last);
    expect(await cells.count()).toBeLessThan(100);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press("Home");
    const first = page.getByRole("button", { name: /^picture 0 /u });
    await expect.poll(() => hasFocus(first), patience).toBe(true);
  });

  test("keeps but a few of hundreds of uploads in the page", async () => {
    const page = await openPage(browser, service.url);
    await page.route("**/images/upload", () => undefined);
    const files = Array.from({ length: 400 }, (_, index) => ({
      name: `file ${index}.png`,
      mimeType: "image/png",
      buffer: Buffer.from("pixels"),
    }));
    await page.getByLabel("Choose files").setInputFiles(files);
    const tray = page.getByRole("complementary", { name: "Uploads" });
    const rows = tray.locator("[data-key]");
    await tray.getByText("file 399.png").waitFor(patience);
    expect(await rows.count()).toBeLessThan(60);
    const down = () => tray.locator(".rows").evaluate((list) => list.scrollTo(0, 1e6));
    await expect
      .poll(() => down().then(() => tray.getByText("file 0.png").isVisible()), patience)
      .toBe(true);
    expect(await rows.count()).toBeLessThan(60);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("keeps but a few of thousands of jobs in the page, and place and focus while more come", async () => {
    const page = await openPage(browser, service.url);
    const jobs = Array.from({ length: 2000 }, (_, index) => jobOf(index)).toReversed();
    await servePages(page, "jobs", 100, () => jobs);
    await goTo(page, "Jobs");
    const detailsOf = (index: number) =>
      page.getByRole("button", { name: `Details: picture ${index}.png` });
    await detailsOf(1999).focus();
    await reachByEnd(page, detailsOf(0));
    const cells = page.locator(".virtual > [data-key]");
    expect(await cells.count()).toBeLessThan(60);
    await page.evaluate(() => scrollBy(0, -40_000));
    const middle = cells.nth(5).getByRole("button");
    await middle.focus();
    const place = async () => {
      const { top, name } = await page.evaluate(() => {
        const { activeElement: one } = document;
        return { top: one?.getBoundingClientRect().top ?? 0, name: one?.ariaLabel };
      });
      return [name, Math.round(top)];
    };
    const before = await place();
    expect(before[0]).toMatch(/^Details: picture /u);
    jobs.unshift(...[2000, 2001, 2002].map(jobOf).toReversed());
    const size = () => cells.first().getAttribute("aria-setsize");
    await expect.poll(size, patience).toBe("2003");
    expect(await place()).toEqual(before);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("is used by keyboard and ear alone", async () => {
    const page = await openPage(browser, service.url);
    const { goTo: go, along, heard } = await byKeyboard(page);
    const hears = (words: RegExp) =>
      expect
        .poll(async () => (await heard()).some((said) => words.test(said)), patience)
        .toBe(true);
    const files = await threeCutOuts(service.url);
    page.on("filechooser", (chooser) => void chooser.setFiles([...files]));
    await go("button", /^Choose files/u);
    await page.keyboard.press("Space");
    await hears(/3 of 3 done/u);
    await go("textbox", /^Address of a picture/u);
    await page.keyboard.type("http://127.0.0.1/kettle.png\n");
    await hears(/private|address/iu);
    await go("checkbox", /^Select/u);
    for (const key of ["Space", "ArrowRight", "Space", "ArrowRight", "Space"])
      await page.keyboard.press(key);
    await page.getByText("3 selected").waitFor(patience);
    await go("DisclosureTriangle", /^Process with/u, "Shift+Tab");
    await page.keyboard.press("Enter");
    await go("button", /^Product/u);
    await page.keyboard.press("Enter");
    await hears(/A batch of 3 was accepted/u);
    await hears(/^Batch: Done\./u);
    await go("button", /^Details: Batch/u);
    await page.keyboard.press("Enter");
    const parts = page.getByRole("list", { name: "Parts of the batch" });
    await parts.getByRole("button", { name: /^Details: .*flip\.png/u }).waitFor(patience);
    await go("button", /^Details: .*flip\.png/u);
    await page.keyboard.press("Enter");
    await go("button", /^Download: grid/u);
    await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    await go("link", /^Compare the versions/u);
    await page.keyboard.press("Enter");
    await page.getByRole("slider", { name: "Where before ends" }).waitFor(patience);
    await go("slider", /^Where before ends/u);
    await page.keyboard.press("Home");
    await expect
      .poll(() => page.locator(".before").evaluate(({ style }) => style.clipPath))
      .toBe("inset(0px 100% 0px 0px)");
    await go("link", /^Generate/u, "Shift+Tab");
    await page.keyboard.press("Enter");
    await go("textbox", /^What to draw/u);
    await page.keyboard.type("A lemon");
    await go("button", /^Generate/u);
    await page.keyboard.press("Enter");
    await hears(/2 pictures were made/u);
    for (const name of ["Library", "Recipe", "Generate", "Jobs", "Glance"]) {
      await goTo(page, name);
      await expect.poll(() => page.getByText("Loading…").count(), patience).toBe(0);
      expect(await along(40)).toBeGreaterThan(30);
    }
    await goTo(page, "Recipe");
    await go("button", /^Copy as/u);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor(patience);
    for (const way of [/^curl/u, /^TypeScript/u]) await go("tab", way);
    await go("button", /^Copy$/u);
    await page.context().grantPermissions(["clipboard-write"]);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Copied.").waitFor(patience);
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
    await goTo(page, "Recipe");
    const curl = await copyAs(page, "curl");
    const [flip] = await threeCutOuts(service.url);
    if (flip === undefined) throw new Error("No picture was made.");
    const file = { ...flip, name: "picture.png" };
    const { stdout } = await runCommand(curl, file, { TINTYPE_API_KEY: "key" });
    expect(JSON.parse(stdout)).toMatchObject({ variants: { web: { format: "webp" } } });
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

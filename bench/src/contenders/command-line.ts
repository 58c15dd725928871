/** ImageMagick or libvips as commands, their start included: `command-line.ts imagemagick|vips`. */
import { execFile, execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Outputs, Task } from "../protocol.ts";
import { serveJobs, type Jobs } from "../serve-jobs.ts";

const run = promisify(execFile);

async function files(folder: string, names: Record<string, string>): Promise<Outputs> {
  const read = Object.entries(names).map(
    async ([name, file]) => [name, await readFile(join(folder, file))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

const imageMagick = "/usr/bin/convert-im6.q16";

const withImageMagick: Jobs = {
  async J1({ input, folder }) {
    const out = (file: string) => join(folder, file);
    await run(imageMagick, [
      input,
      "-background",
      "white",
      "-alpha",
      "remove",
      "-alpha",
      "off",
      "(",
      "+clone",
      "-quality",
      "95",
      "-write",
      out("im.png"),
      "+delete",
      ")",
      "(",
      "+clone",
      "-quality",
      "85",
      "-write",
      out("im.jpg"),
      "+delete",
      ")",
      "-quality",
      "80",
      out("im.webp"),
    ]);
    return files(folder, { png: "im.png", jpeg: "im.jpg", webp: "im.webp" });
  },
  async J2({ input, folder }) {
    await run(imageMagick, [
      input,
      "(",
      "+clone",
      "-resize",
      "1024x1024>",
      "-quality",
      "80",
      "-write",
      join(folder, "normal.jpg"),
      "+delete",
      ")",
      "-resize",
      "2048x2048>",
      "-quality",
      "95",
      join(folder, "high.webp"),
    ]);
    return files(folder, { normal: "normal.jpg", high: "high.webp" });
  },
  "J4:webp": (task) => resizedByImageMagick(task, "webp"),
  "J4:jpeg": (task) => resizedByImageMagick(task, "jpeg"),
};

async function resizedByImageMagick({ input, folder }: Task, format: string): Promise<Outputs> {
  const file = `im-small.${format}`;
  const size = ["-define", "jpeg:size=1600x1600"];
  await run(imageMagick, [...size, input, "-resize", "800x", "-quality", "80", join(folder, file)]);
  return files(folder, { [format]: file });
}

const withVips: Jobs = {
  async J1({ input, folder }) {
    const flat = join(folder, "flat.v");
    await run("vips", ["flatten", input, flat, "--background", "255"]);
    const save = (kind: string, file: string, ...options: string[]) =>
      run("vips", [kind, flat, join(folder, file), ...options]);
    await Promise.all([
      save("pngsave", "vips.png", "--compression", "9"),
      save("jpegsave", "vips.jpg", "--Q", "85"),
      save("webpsave", "vips.webp", "--Q", "80"),
    ]);
    return files(folder, { png: "vips.png", jpeg: "vips.jpg", webp: "vips.webp" });
  },
  async J2({ input, folder }) {
    const within = (side: number, file: string) =>
      run("vipsthumbnail", [input, "--size", `${side}x${side}>`, "-o", join(folder, file)]);
    await Promise.all([within(1024, "normal.jpg[Q=80]"), within(2048, "high.webp[Q=95]")]);
    return files(folder, { normal: "normal.jpg", high: "high.webp" });
  },
  "J4:webp": (task) => resizedByVips(task, "webp"),
  "J4:jpeg": (task) => resizedByVips(task, "jpeg"),
};

async function resizedByVips({ input, folder }: Task, format: string): Promise<Outputs> {
  const file = `vips-small.${format}`;
  await run("vipsthumbnail", [input, "--size", "800x", "-o", join(folder, `${file}[Q=80]`)]);
  return files(folder, { [format]: file });
}

/** The command's version, or nothing where it is not installed. */
function versionOf(command: string, ...options: string[]): string | undefined {
  try {
    return execFileSync(command, options, { encoding: "utf8" }).split("\n")[0]?.slice(0, 40);
  } catch {
    return undefined;
  }
}

const [kind] = process.argv.slice(2);
const isVips = kind === "vips";
const version = isVips ? versionOf("vips", "--version") : versionOf(imageMagick, "-version");
await serveJobs(isVips ? withVips : withImageMagick, {
  version: version ?? "",
  absent: version === undefined ? "not installed; bench/install-peers.sh does it" : undefined,
});

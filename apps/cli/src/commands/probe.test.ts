import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { sharp } from "@tintype/image-core";
import { describe, expect, test } from "vitest";

import { testFolder, tintype } from "../testing/test-terminal.ts";

const picture = await sharp({ create: { width: 9, height: 6, channels: 3, background: "#a52" } })
  .withExif({ IFD0: { Copyright: "(C) Ann\u001b[31m", Artist: "Ann" } })
  .jpeg()
  .toBuffer();

describe("tintype probe", () => {
  test("shows the header and the metadata, and lets no text of the file steer the terminal", async () => {
    const { exitCode, stdout } = await tintype(["probe", "-"], { stdin: picture });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^File\n/u);
    expect(stdout).toMatch(/EXIF Image\n[\s\S]*Artist +Ann/u);
    expect(stdout).not.toContain("\u001b");
  });

  test("prints JSON where it is asked to", async () => {
    const { stdout } = await tintype(["probe", "-", "--json"], { stdin: picture });
    expect(JSON.parse(stdout)).toMatchObject({
      source: { format: "jpeg", width: 9, height: 6 },
      exif: { Image: { Artist: "Ann" } },
      iptc: {},
      xmp: {},
    });
  });
});

describe("tintype process", () => {
  test("tells facts, takes one frame, and refuses a file named for another type", async () => {
    const folder = testFolder();
    const [film, misnamed, out] = [
      join(folder, "a.gif"),
      join(folder, "b.png"),
      join(folder, "out"),
    ];
    const red = Buffer.from([220, 20, 20]);
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    const frames = sharp(Buffer.concat([Buffer.alloc(192, 90), Buffer.alloc(192, red)]), { raw });
    writeFileSync(film, await frames.gif().toBuffer());
    const words = ["--page", "1", "--fact", "dominantColor", "--json", "--out", out];
    const { stdout } = await tintype(["process", film, ...words]);
    const [outcome] = JSON.parse(stdout) as [{ result: Record<string, unknown> }];
    expect(outcome.result).toMatchObject({ warnings: [], facts: { dominantColor: "#dc1414" } });

    writeFileSync(misnamed, picture);
    const refused = await tintype(["process", misnamed, "--out", out]);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain("image.mislabelled");
  });
});

import { readFile } from "node:fs/promises";

/** A picture as a browser's file input takes it. */
export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const example = new URL("../../../../examples/cutout.png", import.meta.url);

/** Three cut-outs that differ, made of the repository's own by the service that is tested. */
export async function threeCutOuts(url: string): Promise<readonly PictureFile[]> {
  const form = new FormData();
  form.append("image", new Blob([await readFile(example)]), "cutout.png");
  const output = { format: "png" };
  const variants = ["flip", "flop", "negate"].map((step) => ({
    name: step,
    steps: [{ step }],
    output,
  }));
  form.append("variants", JSON.stringify(variants));
  form.append("inline", "true");
  const answer = await fetch(`${url}/api/v1/process-image`, { method: "POST", body: form });
  const made = (await answer.json()) as { variants: Readonly<Record<string, { base64: string }>> };
  return Object.entries(made.variants).map(([name, { base64 }]) => ({
    name: `${name}.png`,
    mimeType: "image/png",
    buffer: Buffer.from(base64, "base64"),
  }));
}

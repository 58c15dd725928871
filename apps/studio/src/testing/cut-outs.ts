import { readFile } from "node:fs/promises";

/** A picture as a browser's file input takes it. */
export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const example = new URL("../../../../examples/cutout.png", import.meta.url);

/** A picture to make: its name, the steps and the format. */
interface Cut {
  readonly name: string;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly format?: string;
}

/** Three cut-outs that differ, made of the repository's own by the service that is tested. */
export async function threeCutOuts(url: string): Promise<readonly PictureFile[]> {
  return cutOuts(
    url,
    ["flip", "flop", "negate"].map((step) => ({ name: step, steps: [{ step }] })),
  );
}

/** Pictures made of the repository's own by the service that is tested. */
export async function cutOuts(
  url: string,
  wanted: readonly Cut[],
): Promise<readonly PictureFile[]> {
  const form = new FormData();
  form.append("image", new Blob([await readFile(example)]), "cutout.png");
  const variants = wanted.map(({ name, steps, format = "png" }) => ({
    name,
    steps,
    output: { format },
  }));
  form.append("variants", JSON.stringify(variants));
  form.append("inline", "true");
  const answer = await fetch(`${url}/api/v1/process-image`, { method: "POST", body: form });
  const made = (await answer.json()) as { variants: Readonly<Record<string, { base64: string }>> };
  return wanted.map(({ name, format = "png" }) => ({
    name: `${name}.${format}`,
    mimeType: `image/${format}`,
    buffer: Buffer.from(made.variants[name]?.base64 ?? "", "base64"),
  }));
}

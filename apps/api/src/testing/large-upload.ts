import { randomFillSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

import { sharp } from "@tintype/image-core";

/** Bytes of a mebibyte. */
export const MiB = 2 ** 20;

/** A picture's file of almost 50 MiB: noise, of which no byte can be saved. */
export async function largePicture(): Promise<Blob> {
  const [width, height] = [4000, 4300];
  const noise = randomFillSync(Buffer.alloc(width * height * 3));
  const raw = { width, height, channels: 3 } as const;
  const file = await sharp(noise, { raw })
    .png({ compressionLevel: 0, adaptiveFiltering: false })
    .toBuffer();
  return new Blob([new Uint8Array(file)]);
}

/** Uploads a picture and gives the status. */
export async function upload(url: string, picture: Blob): Promise<number> {
  const form = new FormData();
  form.append("files", picture, "a.png");
  const response = await fetch(`${url}/api/v1/images/upload`, { method: "POST", body: form });
  await response.arrayBuffer();
  return response.status;
}

/** How much a process's memory rose, at its peak, while something was done. */
export async function riseOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const bytes = (name: string) => {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "mu").exec(status)?.[1]) * 1024;
  };
  // Starts the peak anew.
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const before = bytes("VmRSS");
  await work();
  return bytes("VmHWM") - before;
}

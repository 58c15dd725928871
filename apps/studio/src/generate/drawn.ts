import type { GenerateAnswer, UploadAnswer } from "../api/answers.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { request, requestJson } from "../api/request.ts";
import { arrivals } from "../library/uploads.ts";
import { storedSignal } from "../stored-signal.ts";
import { texts } from "../texts.ts";
import { optionsOf, type Reference, type Wish } from "./wish.ts";

/** A picture that was made from words; it is in the library. */
export interface Drawn {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly generator: string;
  readonly model: string;
  /** The final prompt. */
  readonly prompt: string;
  readonly seed?: number;
  readonly costUsd: number;
}

/** What was drawn last, the newest first; it outlives a reload. */
export const drawn = storedSignal<readonly Drawn[]>("drawn", [], (kept): kept is readonly Drawn[] =>
  Array.isArray(kept),
);

const most = 40;
const referenceSide = 1024;

/** How it went: what was kept, and why the rest is missing. */
export interface Drawing {
  readonly count: number;
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

/** Has the pictures made, and keeps each in the library at once: it may have cost money. */
export async function draw(wish: Wish, signal: AbortSignal): Promise<Drawing> {
  const references = await Promise.all(wish.references.map((one) => dataUrlOf(one, signal)));
  const json = { prompt: wish.prompt, ...optionsOf(wish), references };
  const answer = await requestJson<GenerateAnswer>("/api/v1/generate", { json, signal });
  const kept = await Promise.all(
    answer.images.map((image, index) => keep(image, wish.prompt, index)),
  );
  drawn.value = [...kept, ...drawn.value].slice(0, most);
  arrivals.value += 1;
  return {
    count: kept.length,
    failures: answer.failures.map(({ detail }) => detail),
    warnings: answer.warnings,
  };
}

type Made = GenerateAnswer["images"][number] & {
  readonly generation: { readonly seed?: number; readonly cost?: { readonly amount: number } };
};

async function keep(made: Made, prompt: string, index: number): Promise<Drawn> {
  const { base64 = "", mediaType, width, height, bytes, generation } = made;
  const { generator, model, seed, cost, prompt: final } = generation;
  const extension = mediaType.replace(/^image\/(?:svg\+)?/u, "");
  const name = `${fileName(prompt)}-${index + 1}.${extension}`;
  const form = new FormData();
  form.append("tags", "generated");
  form.append("files", new Blob([bytesOf(base64)], { type: mediaType }), name);
  const { files } = await requestJson<UploadAnswer>("/api/v1/images/upload", { form });
  const [file] = files;
  if (!file?.success) throw new ApiFailure(file?.error.detail ?? texts.connection.down);
  return {
    id: file.image.id,
    name,
    width,
    height,
    bytes,
    generator,
    model,
    prompt: final,
    ...(seed !== undefined && { seed }),
    costUsd: cost?.amount ?? 0,
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function fileName(prompt: string): string {
  const words = prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 6).join("-").slice(0, 60) || "picture";
}

/** A picture of the library as a request carries it, reduced: generators see no more. */
async function dataUrlOf({ id }: Reference, signal: AbortSignal): Promise<string> {
  const output = { format: "webp", quality: 90 };
  const json = { steps: [], output, maxSide: referenceSide };
  const answer = await request(`/api/v1/images/${id}/preview`, { json, signal });
  const reader = new FileReader();
  reader.readAsDataURL(await answer.blob());
  return new Promise((resolve, reject) => {
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(new ApiFailure(texts.generate.noReference)));
  });
}

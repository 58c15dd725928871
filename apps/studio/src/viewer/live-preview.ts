import { effect, signal } from "@preact/signals";

import { ApiFailure, isAbort, messageOf } from "../api/api-failure.ts";
import { connection } from "../api/connection.ts";
import { request } from "../api/request.ts";
import { catalog } from "../catalog/catalog.ts";
import type { Options } from "../catalog/option-schema.ts";
import { scaleOptions } from "../catalog/scale-options.ts";
import { recipe, selectedVariant } from "../recipe/recipe-state.ts";
import { stepCalls, type StepEntry } from "../recipe/recipe.ts";

/** A picture that is tried on. */
export interface TriedPicture {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What a recipe makes of the picture, as far as it is known. */
export interface LivePreview {
  readonly before?: string;
  readonly after?: string;
  /** The size of what is shown, of its file and how long it took. */
  readonly bytes?: number;
  readonly ms?: number;
  readonly isUpdating: boolean;
  readonly fault?: { readonly message: string; readonly stepId?: string };
}

/** The longest side of what is previewed, in px. */
export const previewSide = 1024;

/** Formats that encode as fast as somebody slides; the others are previewed as WebP. */
const fastFormats: ReadonlySet<string> = new Set(["jpeg", "webp", "png"]);
const fastOutput: Options = { format: "webp", quality: 90, profile: "fast" };
const plainOutput: Options = { ...fastOutput, quality: 95 };
const pauseMs = 40;

/** The preview of the recipe that is being written. */
export const preview = signal<LivePreview>({ isUpdating: false });

/** Previews the recipe on a picture whenever either changes, until the returned function is called. */
export function startPreview(picture: TriedPicture): () => void {
  const factor = Math.min(1, previewSide / Math.max(picture.width, picture.height));
  let end = new AbortController();
  preview.value = { isUpdating: true };
  const first = new AbortController();
  const showBefore = async () => {
    const { url } = await show(picture.id, [], plainOutput, first.signal);
    preview.value = { ...preview.value, before: url };
  };
  // What fails here fails for the recipe too, which says so.
  void showBefore().catch(() => undefined);
  const stop = effect(() => {
    const known = catalog.value;
    const { steps } = recipe.value;
    const variant = selectedVariant.value;
    end.abort();
    // When the server is back, what it did not answer is asked again.
    if (known === undefined || connection.value === "down") return;
    end = new AbortController();
    const entries = [...steps, ...variant.steps].filter(({ isOff }) => !isOff);
    const scaled = stepCalls(
      entries.map((entry) => {
        const schema = known.steps.find(({ name }) => name === entry.step)?.schema ?? {};
        return { ...entry, options: scaleOptions(schema, entry.options, factor) };
      }),
    );
    const { format, options } = variant;
    const output = fastFormats.has(format) ? { format, ...options } : fastOutput;
    void update(picture.id, scaled, output, entries, end.signal);
  });
  return () => {
    stop();
    end.abort();
    first.abort();
    for (const url of [preview.peek().before, preview.peek().after])
      if (url !== undefined) URL.revokeObjectURL(url);
    preview.value = { isUpdating: false };
  };
}

async function update(
  id: string,
  steps: readonly Options[],
  output: Options,
  entries: readonly StepEntry[],
  abort: AbortSignal,
): Promise<void> {
  // Not read by the effect that calls this: what it writes would call it again.
  preview.value = { ...preview.peek(), isUpdating: true };
  try {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    abort.throwIfAborted();
    const { url, bytes, ms } = await show(id, steps, output, abort);
    const { before, after } = preview.peek();
    preview.value = {
      ...(before !== undefined && { before }),
      after: url,
      bytes,
      ms,
      isUpdating: false,
    };
    if (after !== undefined) URL.revokeObjectURL(after);
  } catch (error) {
    if (isAbort(error) || abort.aborted) return;
    const stepId = stepOf(error, entries);
    const message = messageOf(error);
    const fault = { message, ...(stepId !== undefined && { stepId }) };
    preview.value = { ...preview.peek(), isUpdating: false, fault };
  }
}

async function show(id: string, steps: readonly Options[], output: Options, abort: AbortSignal) {
  const start = performance.now();
  const answer = await request(`/api/v1/images/${id}/preview`, {
    json: { steps, output, maxSide: previewSide },
    signal: abort,
  });
  const file = await answer.blob();
  const url = URL.createObjectURL(file);
  return { url, bytes: file.size, ms: Math.round(performance.now() - start) };
}

/** The step that a failure is about. */
function stepOf(error: unknown, entries: readonly StepEntry[]): string | undefined {
  if (!(error instanceof ApiFailure)) return undefined;
  const { issues, index, step } = Object(error.problem?.details) as {
    readonly issues?: readonly { readonly path: string }[];
    readonly index?: number;
    readonly step?: string;
  };
  const place = /^steps\[(\d+)\]/u.exec(issues?.[0]?.path ?? "")?.[1] ?? index;
  const entry =
    place === undefined ? entries.find((one) => one.step === step) : entries[Number(place)];
  return entry?.id;
}

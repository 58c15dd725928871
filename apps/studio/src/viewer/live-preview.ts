import { effect, signal } from "@preact/signals";

import { ApiFailure, isAbort, messageOf } from "../api/api-failure.ts";
import { connection } from "../api/connection.ts";
import { request } from "../api/request.ts";
import { catalog } from "../catalog/catalog.ts";
import type { Options } from "../catalog/option-schema.ts";
import { scaleOptions } from "../catalog/scale-options.ts";
import { recipe, selectedVariant } from "../recipe/recipe-state.ts";
import { stepCalls, type StepEntry, type VariantEntry } from "../recipe/recipe.ts";

/** A picture that is tried on. */
export interface TriedPicture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** What a recipe makes of the picture, as far as it is known. */
export interface LivePreview {
  readonly before?: string;
  readonly after?: string;
  /** The longest side of what is shown, in px; of a rough picture, that of the one that follows. */
  readonly side: number;
  /** How many px one px of `after` stands for: more than one in a rough picture. */
  readonly grain?: number;
  /** When the recipe was changed to what is shown, and how long it took from there to the first picture. */
  readonly changedAt?: number;
  readonly ms?: number;
  readonly isUpdating: boolean;
  readonly fault?: { readonly message: string; readonly stepId?: string };
}

/** A recipe as it is to be previewed. */
interface Wish {
  /** The steps for a picture that was reduced to a longest side. */
  readonly stepsAt: (side: number) => readonly Options[];
  readonly output: Options;
  readonly entries: readonly StepEntry[];
  /** When it was wished for. */
  readonly at: number;
}

/** Formats that encode as fast as somebody slides; the others are previewed as WebP. */
const fastFormats: ReadonlySet<string> = new Set(["jpeg", "webp", "png"]);
const plainOutput: Options = { format: "webp", quality: 95, profile: "fast" };
/** How long a preview may hold up the next one before it is given up. */
const patienceMs = 150;
/** What takes longer than this, or may, is shown rough first: with a fourth of the pixels, or a ninth. */
const promptMs = 250;
const slowMs = 1000;
/** How long nobody has changed a thing before what takes long is made in full. */
const restMs = 300;

/** The preview of the recipe that is being written. */
export const preview = signal<LivePreview>({ side: 0, isUpdating: false });

/** Previews the recipe on a picture whenever either changes, until the returned function is called. */
export function startPreview(picture: TriedPicture): () => void {
  const longest = Math.max(picture.width, picture.height);
  const side = Math.min(longest, sideOnScreen());
  /** What is known of the last preview in full: the steps, by their names, and how long it took. */
  let last = { names: "", ms: 0 };
  const end = new AbortController();
  let running: AbortController | undefined;
  let wished: Wish | undefined;
  let isRefining = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  preview.value = { side, isUpdating: true };
  const showBefore = async () => {
    const file = await previewOf(picture.id, [], plainOutput, side, end.signal);
    preview.value = { ...preview.peek(), before: URL.createObjectURL(file) };
  };
  // What fails here fails for the recipe too, which says so.
  void showBefore().catch(() => undefined);

  // One at a time, and then the latest wish: whoever slides sees the picture move along, and no request is for nothing.
  const follow = async () => {
    while (wished && !end.signal.aborted) {
      const wish = wished;
      wished = undefined;
      running = new AbortController();
      await showSoon(wish, running);
      clearTimeout(patience);
      [running, patience, isRefining] = [undefined, undefined, false];
    }
  };
  const showSoon = async (wish: Wish, { signal: ended }: AbortController) => {
    const names = wish.entries.map(({ step }) => step).join();
    if (last.ms > promptMs || last.names !== names) {
      const maxSide = Math.round(side / (last.ms > slowMs ? 3 : 2));
      const isShown = await show(picture.id, wish, { maxSide, grain: side / maxSide }, ended);
      if (!isShown || wished) return;
      isRefining = true;
      if (last.ms > promptMs) await rest(restMs, ended);
      if (ended.aborted) return;
    }
    const started = performance.now();
    if (await show(picture.id, wish, { maxSide: side, grain: 1 }, ended)) {
      last = { names, ms: performance.now() - started };
    }
  };
  const stop = effect(() => {
    const known = catalog.value;
    const { steps } = recipe.value;
    const variant = selectedVariant.value;
    // When the server is back, what it did not answer is asked again.
    if (known === undefined || connection.value === "down") return;
    const entries = [...steps, ...variant.steps].filter(({ isOff }) => !isOff);
    const stepsAt = (reduced: number) =>
      stepCalls(
        entries.map((entry) => {
          const schema = known.steps.find(({ name }) => name === entry.step)?.schema ?? {};
          return { ...entry, options: scaleOptions(schema, entry.options, reduced / longest) };
        }),
      );
    const output = fastOutput(variant);
    wished = { stepsAt, output, entries, at: performance.now() };
    if (running === undefined) void follow();
    else if (isRefining) running.abort();
    else patience ??= setTimeout(() => running?.abort(), patienceMs);
  });
  return () => {
    stop();
    end.abort();
    running?.abort();
    clearTimeout(patience);
    for (const url of [preview.peek().before, preview.peek().after])
      if (url !== undefined) URL.revokeObjectURL(url);
    preview.value = { side: 0, isUpdating: false };
  };
}

/** The longest side that is worth its time: about what the middle of the page has room for. */
function sideOnScreen(): number {
  return Math.min(800, Math.max(640, Math.round((innerWidth * devicePixelRatio) / 2)));
}

/** A format with what changes its look, and without what only saves bytes. */
function fastOutput({ format, options }: VariantEntry): Options {
  if (!fastFormats.has(format)) return { ...plainOutput, quality: 90 };
  const { effort: _, compressionLevel: __, ...look } = options;
  return { ...look, format, profile: "fast" };
}

/** Shows what a wish makes of a picture that is reduced, and says whether it did. */
async function show(
  id: string,
  { stepsAt, output, entries, at }: Wish,
  { maxSide, grain }: { readonly maxSide: number; readonly grain: number },
  abort: AbortSignal,
): Promise<boolean> {
  // Not read by the effect that calls this: what it writes would call it again.
  preview.value = { ...preview.peek(), isUpdating: true };
  try {
    const file = await previewOf(id, stepsAt(maxSide), output, maxSide, abort);
    abort.throwIfAborted();
    const { fault: _, after, ...known } = preview.peek();
    preview.value = {
      ...known,
      after: URL.createObjectURL(file),
      grain,
      // Of the first picture after a change: the one in full may follow a rough one.
      ...(known.changedAt !== at && { ms: Math.round(performance.now() - at) }),
      changedAt: at,
      isUpdating: grain > 1,
    };
    if (after !== undefined) URL.revokeObjectURL(after);
    return true;
  } catch (error) {
    if (isAbort(error) || abort.aborted) return false;
    const stepId = stepOf(error, entries);
    const fault = { message: messageOf(error), ...(stepId !== undefined && { stepId }) };
    preview.value = { ...preview.peek(), isUpdating: false, fault };
    return false;
  }
}

async function previewOf(
  id: string,
  steps: readonly Options[],
  output: Options,
  maxSide: number,
  abort: AbortSignal,
): Promise<Blob> {
  const json = { steps, output, maxSide };
  return (await request(`/api/v1/images/${id}/preview`, { json, signal: abort })).blob();
}

/** Waits, or until it is over all the same. */
function rest(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
    ended.addEventListener("abort", () => resolve(), { once: true });
  });
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

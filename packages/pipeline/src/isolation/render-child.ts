/** Renders pictures in a process of its own, one after the other, so that a picture can be ended by ending the process. */
import { readImage, type Image } from "@tintype/image-core";

import { builtInRegistries } from "../registries.ts";
import { renderPicture } from "../render-picture.ts";
import { plainError, revivedError, type Order, type ToChild, type ToParent } from "./messages.ts";

const loading = new Map<number, PromiseWithResolvers<Uint8Array>>();
let loads = 0;

process.on("message", (message: ToChild) => {
  if (message.kind === "render") void render(message.order);
  else if (message.kind === "loaded") loading.get(message.id)?.resolve(message.bytes);
  else loading.get(message.id)?.reject(revivedError(message.error));
});
// The process that asked is gone, and nobody waits for the picture any more.
process.on("disconnect", () => process.exit());

async function render({ bytes, limits, ...work }: Order): Promise<void> {
  const load = async (reference: string): Promise<Image> => readImage(await ask(reference), limits);
  try {
    const picture = await readImage(bytes, limits);
    const rendered = await renderPicture(picture, work, {
      registries: builtInRegistries,
      limits,
      load,
      signal: undefined,
    });
    say({ kind: "rendered", rendered });
  } catch (error) {
    say({ kind: "failed", error: plainError(error) });
  }
}

/** Other pictures come from the process that asked: this one touches neither storage nor network. */
function ask(reference: string): Promise<Uint8Array> {
  loads += 1;
  const pending = Promise.withResolvers<Uint8Array>();
  loading.set(loads, pending);
  say({ kind: "load", id: loads, reference });
  return pending.promise;
}

function say(message: ToParent): void {
  process.send?.(message);
}

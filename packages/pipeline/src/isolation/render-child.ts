/** Renders pictures in a process of its own, one after the other, so that a picture can be ended by ending the process. */
import type { MaskFinder, RunStepsOptions } from "@tintype/image-core";

import { openPicture } from "../open-picture.ts";
import type { SourceBytes } from "../read-source.ts";
import { builtInRegistries } from "../registries.ts";
import { renderPicture } from "../render-picture.ts";
import {
  plainError,
  revivedError,
  type Need,
  type Order,
  type ToChild,
  type ToParent,
} from "./messages.ts";

const asked = new Map<number, PromiseWithResolvers<unknown>>();
let asks = 0;

process.on("message", (message: ToChild) => {
  if (message.kind === "render") void render(message.order, message.removes);
  else if (message.kind === "answer") asked.get(message.id)?.resolve(message.value);
  else asked.get(message.id)?.reject(revivedError(message.error));
});
// The process that asked is gone, and nobody waits for the picture any more.
// Its end has to be a signal: an exit would wait for the encoder that is at work.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

async function render({ file, limits, ...work }: Order, removes: boolean): Promise<void> {
  const outside: RunStepsOptions = {
    load: async (reference) =>
      openPicture((await ask({ what: "picture", reference })) as SourceBytes, limits),
    ...(removes && { backgroundRemover: remoteRemover }),
  };
  try {
    const original = { image: await openPicture(file, limits), bytes: file.bytes };
    const rendered = await renderPicture(original, work, {
      registries: builtInRegistries,
      limits,
      ...outside,
      signal: undefined,
    });
    say({ kind: "rendered", rendered });
  } catch (error) {
    say({ kind: "failed", error: plainError(error) });
  }
}

/** A remover of the process that asked. */
function remoteRemover(engine: string): MaskFinder {
  return {
    remove: async (picture, options) =>
      (await ask({ what: "mask", engine, picture, options })) as Awaited<
        ReturnType<MaskFinder["remove"]>
      >,
  };
}

/** What lies outside comes from the process that asked: this one touches neither storage nor network. */
function ask(need: Need): Promise<unknown> {
  asks += 1;
  const pending = Promise.withResolvers<unknown>();
  asked.set(asks, pending);
  say({ kind: "need", id: asks, need });
  return pending.promise;
}

function say(message: ToParent): void {
  process.send?.(message);
}

import { parentPort } from "node:worker_threads";

import type { RawPicture, RemovalSettings } from "@tintype/generators";

import { loadOpenCv, type OpenCv } from "./open-cv.ts";
import { removeBackground, type FullSizeRemoval, type OpenCvEngine } from "./remove-background.ts";

/** What a worker is asked. */
export interface WorkerRequest {
  readonly engine: OpenCvEngine;
  readonly picture: RawPicture;
  readonly settings: RemovalSettings;
}

/** What a worker answers. */
export type WorkerAnswer =
  | { readonly outcome: "removed"; readonly removal: FullSizeRemoval }
  | { readonly outcome: "nothing_found" }
  | { readonly outcome: "not_installed" }
  | { readonly outcome: "failed"; readonly reason: string };

class NotInstalled extends Error {}

let loading: Promise<OpenCv | undefined> | undefined;

async function loadCv(): Promise<OpenCv> {
  loading ??= loadOpenCv();
  const cv = await loading;
  if (!cv) throw new NotInstalled();
  return cv;
}

// Types alone come from other packages: a worker of the sources has no export condition to find theirs by.
parentPort?.on("message", ({ engine, picture, settings }: WorkerRequest) => {
  removeBackground(engine, picture, settings, loadCv).then(
    (removal) => answer(removal ? { outcome: "removed", removal } : { outcome: "nothing_found" }),
    (error: unknown) =>
      answer(
        error instanceof NotInstalled
          ? { outcome: "not_installed" }
          : { outcome: "failed", reason: String(error) },
      ),
  );
});

function answer(message: WorkerAnswer): void {
  const handedOver =
    message.outcome === "removed"
      ? [message.removal.mask.buffer, message.removal.foreground.buffer]
      : [];
  parentPort?.postMessage(message, handedOver as ArrayBuffer[]);
}

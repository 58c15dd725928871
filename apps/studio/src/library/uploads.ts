import { signal } from "@preact/signals";

import type { Image, Problem, UploadAnswer } from "../api/answers.ts";
import { ApiFailure, messageOf } from "../api/api-failure.ts";
import { asksForKey, failureOf, keyHeader, requestJson } from "../api/request.ts";
import { askForKey } from "../api/session-key.ts";
import { newId } from "../new-id.ts";
import { route } from "../route.ts";
import { texts } from "../texts.ts";

/** A picture on its way into the library. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly state: "waiting" | "sending" | "checking" | "done" | "failed";
  /** What was sent, 0 to 1. */
  readonly share: number;
  /** What went wrong, in words. */
  readonly fault?: string;
  readonly image?: Image;
  readonly from: File | string;
  /** Where it goes; the service's own choice when left out. */
  readonly project?: string;
}

const sideBySide = 3;

/** Every upload of this visit, the newest last. */
export const uploads = signal<readonly Upload[]>([]);

/** Counts what came into the library, so that lists know when to look again. */
export const arrivals = signal(0);

/** Sends files, or fetches addresses, a few at a time, into the project that the library shows. */
export function startUploads(sources: readonly (File | string)[]): void {
  const { page, query } = route.peek();
  const project = (page === "library" && query.get("project")) || undefined;
  const added = sources.map((from): Upload => {
    const name = typeof from === "string" ? from : from.name;
    return { id: newId(), name, state: "waiting", share: 0, from, ...(project && { project }) };
  });
  uploads.value = [...uploads.value, ...added];
  startNext();
}

/** Sends one again that failed. */
export function retryUpload(id: string): void {
  const upload = uploads.value.find((one) => one.id === id);
  if (upload === undefined) return;
  const { fault: _, ...rest } = upload;
  uploads.value = uploads.value.map((one) =>
    one.id === id ? { ...rest, state: "waiting", share: 0 } : one,
  );
  startNext();
}

/** Forgets those that are done. */
export function clearUploads(): void {
  uploads.value = uploads.value.filter(({ state }) => state !== "done");
}

function change(id: string, next: Partial<Upload>): void {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...next } : one));
}

function startNext(): void {
  const busy = uploads.value.filter(({ state }) => state === "sending" || state === "checking");
  const next = uploads.value.find(({ state }) => state === "waiting");
  if (next === undefined || busy.length >= sideBySide) return;
  change(next.id, { state: "sending" });
  void run(next).finally(startNext);
  startNext();
}

async function run({ id, from, project }: Upload): Promise<void> {
  try {
    const { files } = await (typeof from === "string"
      ? fetched(from, id, project)
      : sent(from, id, project));
    const [file] = files;
    if (!file?.success) throw new ApiFailure(file?.error.detail ?? texts.connection.down);
    change(id, { state: "done", share: 1, image: file.image });
    arrivals.value += 1;
  } catch (error) {
    change(id, { state: "failed", fault: messageOf(error) });
  }
}

function fetched(url: string, id: string, project?: string): Promise<UploadAnswer> {
  change(id, { state: "checking" });
  const json = { url, ...(project && { project }) };
  return requestJson<UploadAnswer>("/api/v1/images/upload", { json });
}

/** Sends a file by XMLHttpRequest, which alone tells how far it is. */
async function sent(file: File, id: string, project?: string): Promise<UploadAnswer> {
  const form = new FormData();
  if (project) form.append("project", project);
  form.append("files", file);
  const { status, body } = await new Promise<{ status: number; body: unknown }>(
    (resolve, reject) => {
      const call = new XMLHttpRequest();
      call.open("POST", "/api/v1/images/upload");
      call.responseType = "json";
      for (const header of Object.entries(keyHeader())) call.setRequestHeader(...header);
      call.upload.addEventListener("progress", ({ loaded, total }) =>
        change(id, { share: loaded / total }),
      );
      call.upload.addEventListener("load", () => change(id, { state: "checking", share: 1 }));
      call.addEventListener("load", () => resolve({ status: call.status, body: call.response }));
      call.addEventListener("error", () => reject(new ApiFailure(texts.connection.down)));
      call.send(form);
    },
  );
  if (status < 300) return body as UploadAnswer;
  const problem = body as Problem | undefined;
  if (!asksForKey(problem)) throw failureOf(status, problem);
  await askForKey(problem.code === "access.wrong_key");
  return sent(file, id, project);
}

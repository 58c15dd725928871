import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings, type Environment } from "@tintype/config";
import { createRuntime, type Runtime, type RuntimeOverrides } from "@tintype/runtime";
import { expect, onTestFinished } from "vitest";

import { createApp } from "../create-app.ts";
import { problemSchema, type Problem } from "../problem.ts";

/** An app on embedded defaults, with its own folder and every error that it kept from its clients. */
export interface TestApp {
  readonly runtime: Runtime;
  readonly internalErrors: unknown[];
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  /** Does jobs until the test ends. */
  readonly work: () => Promise<void>;
  /** Sends a body to the processing route: an object as JSON, or a form. */
  readonly process: (body: unknown, init?: RequestInit) => Promise<Response>;
}

/** Where pictures are processed. */
export const endpoint = "/api/v1/process-image";

/** Makes an app from environment variables; `adapt` may change what it is wired with. */
export async function testApp(
  environment: Environment = {},
  adapt: (runtime: Runtime) => Runtime = (runtime) => runtime,
  overrides: RuntimeOverrides = {},
): Promise<TestApp> {
  const folder = temporaryFolder();
  const settings = loadSettings({ DATA_DIR: folder, ...environment });
  const runtime = adapt(await createRuntime(settings, overrides));
  onTestFinished(async () => runtime.close());
  const internalErrors: unknown[] = [];
  const app = createApp(runtime, { onInternalError: (error) => internalErrors.push(error) });
  const request: TestApp["request"] = async (path, init) => app.request(path, init);
  return {
    runtime,
    internalErrors,
    request,
    async work() {
      const worker = (await runtime.jobs()).startWorker({ concurrency: 2 });
      onTestFinished(async () => worker.stop(0));
    },
    process: (body, init) =>
      request(endpoint, {
        method: "POST",
        ...(body instanceof FormData
          ? { body }
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
        ...init,
      }),
  };
}

/** The body of an answer; the Response that Hono's server puts in the platform's place has no `bytes`. */
export async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}

/** A new folder that goes when the test ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-api-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Expects problem JSON with the headers that go with it, and gives it. */
export async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const problem = problemSchema.parse(await response.json()) as Problem;
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  return problem;
}

/** A form of fields: bytes are a picture's file, a text is a field's text, anything else is JSON. */
export function formOf(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Uint8Array) {
      form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), "picture");
    } else {
      form.append(name, typeof value === "string" ? value : JSON.stringify(value));
    }
  }
  return form;
}

import type { Settings } from "@tintype/config";
import type { JobQueue } from "@tintype/jobs";
import { createRuntime } from "@tintype/runtime";

import { createRemoteJobs } from "./remote-jobs.ts";
import type { Terminal } from "./terminal.ts";

/** The jobs of a service, here or far away. */
export type JobDoor = Pick<JobQueue, "list" | "get" | "watch" | "cancel" | "retry" | "tellAgain">;

/** Works with the jobs of the service at an address, or else with those that the settings lead to. */
export async function withJobs<Result>(
  url: string | undefined,
  settings: Settings,
  { signal }: Terminal,
  work: (jobs: JobDoor) => Promise<Result>,
): Promise<Result> {
  if (url !== undefined)
    return work(createRemoteJobs({ url, apiKey: settings.remote.apiKey, signal }));
  const runtime = await createRuntime(settings);
  try {
    return await work(await runtime.jobs());
  } finally {
    await runtime.close();
  }
}

export { createFolderStorage } from "./create-folder-storage.ts";
export { createRuntime } from "./create-runtime.ts";
export type { Runtime, RuntimeOverrides } from "./create-runtime.ts";
export { createStorage } from "./create-storage.ts";
export type { Dependency } from "./dependencies.ts";
export { diagnose } from "./diagnose.ts";
export type { Finding } from "./diagnose.ts";
export { ensureProcessSettings } from "./process-settings.ts";
export { measureJobs } from "./measure-jobs.ts";

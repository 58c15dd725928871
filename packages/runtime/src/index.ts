export { createFolderStorage } from "./create-folder-storage.ts";
export { createRuntime } from "./create-runtime.ts";
export type { Runtime } from "./create-runtime.ts";
export { createStorage } from "./create-storage.ts";
export { ensureProcessSettings } from "./process-settings.ts";

export { createLocalStorage } from "./local-storage.ts";
export type { LocalStorageOptions } from "./local-storage.ts";
export { sweepTemporaryFiles } from "./sweep-temporary-files.ts";

export { isAbort } from "./is-abort.ts";
export { errorKinds, isTintypeError, TintypeError } from "./tintype-error.ts";
export type { ErrorKind, TintypeErrorOptions } from "./tintype-error.ts";

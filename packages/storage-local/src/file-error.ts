import { isTintypeError, TintypeError } from "@tintype/errors";
import { invalidKeyError } from "@tintype/storage";
import type { Key } from "@tintype/storage";

/** The error for a key whose path leads through a symbolic link, which could point out of the root. */
export function outsideRootError(key: string): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "storage.outside_root",
    message: `The key ${key} leads through a symbolic link out of the storage: remove the link.`,
    details: { key },
  });
}

/** What a failure of the file system means to the caller; its own message, which holds a path, stays in the cause. */
export function fileError(error: unknown, action: "read" | "write", key: string): unknown {
  // Whatever the system did not throw (an abort, an error of ours, a mistake) passes as it is.
  if (!(error instanceof Error && "syscall" in error)) return error;
  const failed = (
    kind: TintypeError["kind"],
    code: `storage.${string}`,
    message: string,
    retryable = false,
  ) => new TintypeError({ kind, code, message, details: { key }, retryable, cause: error });

  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return failed("unavailable", "storage.full", "The disk is full: free some space.", true);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return action === "write"
        ? failed(
            "configuration",
            "storage.not_writable",
            `The storage may not write ${key}: allow its process to write below the root.`,
          )
        : failed(
            "configuration",
            "storage.not_readable",
            `The storage may not read ${key}: allow its process to read below the root.`,
          );
    case "EEXIST":
    case "EISDIR":
    case "ENOTDIR":
    case "ENOTEMPTY":
      return failed(
        "invalid_input",
        "storage.key_conflict",
        `On a disk a name is an object or a folder, not both: the key ${key} needs a name that is taken as the other.`,
      );
    case "ENAMETOOLONG":
      return invalidKeyError("too_long");
    case "ELOOP":
      return outsideRootError(key);
    default:
      return failed(
        "unavailable",
        `storage.${action}_failed`,
        `The disk failed to ${action} ${key}: try again.`,
        true,
      );
  }
}

/** Why a storage can't write at its root, told without the root's path. */
export function rootProblem(error: unknown): string {
  if (["EEXIST", "ENOTDIR"].includes(errorCode(error) ?? ""))
    return "The storage's root is a file, or below one: make it a folder.";
  const failure = fileError(error, "write", "a file at its root");
  return isTintypeError(failure) ? failure.message : "The storage cannot be written.";
}

/** Runs one piece of work on files, its failures told by {@link fileError}. */
export async function attempt<T>(
  action: "read" | "write",
  key: Key,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, action, key);
  }
}

/** The system's name for a failure, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Waits for work and gives `undefined` where its file or one of its folders does not exist. */
export async function ifPresent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}

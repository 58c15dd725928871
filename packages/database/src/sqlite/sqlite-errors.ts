import { busyError, unavailableError } from "../database-errors.ts";

/** The result codes of SQLite that say what a user can do something about. */
const messages: Readonly<Record<number, string>> = {
  8: "The database's file cannot be written: check the rights of the data folder.",
  10: "The database's file cannot be read or written: check the disk of the data folder.",
  11: "The database's file is damaged: restore it from a backup.",
  13: "The disk of the data folder is full: make room on it.",
  14: "The database's file cannot be opened: check the data folder and its rights.",
  26: "The database's file is not a database: restore it from a backup, or move it away to start anew.",
};

/** Whether another connection holds the lock that a statement needs. */
export function isBusy(error: unknown): boolean {
  return [5, 6].includes(resultCode(error));
}

/** A failure of SQLite as ours, where a user can do something about it. */
export function sqliteError(error: unknown): unknown {
  if (isBusy(error)) return busyError(error);
  const message = messages[resultCode(error)];
  return message === undefined ? error : unavailableError(message, error);
}

/** The primary code, which the low byte of an extended one holds. */
function resultCode(error: unknown): number {
  const code = (error as { readonly errcode?: unknown }).errcode;
  return typeof code === "number" ? code & 0xff : 0;
}

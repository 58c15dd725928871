import type { DeclaredOption } from "./declared-option.ts";
import { fileOptionTable } from "./file-option-table.ts";
import { passOptionTable } from "./pass-option-table.ts";

/** Every option that an address may hold, but for presets: those of a pass over the picture, and those of the file. */
export const addressOptions: Readonly<Record<"pass" | "file", readonly DeclaredOption[]>> = {
  pass: passOptionTable,
  file: fileOptionTable,
};

import { TintypeError } from "@tintype/errors";
import { z } from "zod";

/** Where a page ended: what it was ordered by, and the last row's value and id. */
export interface Position {
  readonly order: string;
  readonly value: string | number;
  readonly id: string;
}

const positionSchema = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** A position as a text without a meaning to its reader. */
export function writeCursor({ order, value, id }: Position): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString("base64url");
}

/** Reads a cursor of a list in an order; throws `asset.invalid_cursor` for any other text. */
export function readCursor(cursor: string, order: string): Position {
  const parsed = positionSchema.safeParse(decoded(cursor));
  if (parsed.success && parsed.data[0] === order) {
    const [, value, id] = parsed.data;
    return { order, value, id };
  }
  throw new TintypeError({
    kind: "invalid_input",
    code: "asset.invalid_cursor",
    message: "The cursor is not one of this list and order: begin without one.",
  });
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

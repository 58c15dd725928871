import type { ObjectAttributes } from "@tintype/storage";

// One name of letters alone: the SDK rewrites every name that it reads to camel case.
const name = "tintype";

type Packed = Pick<ObjectAttributes, "metadata" | "cacheControl" | "contentDisposition">;

/** What Supabase keeps with an object for us: all attributes as one text. */
export function packAttributes(attributes: ObjectAttributes): Record<string, string> {
  const { metadata, cacheControl, contentDisposition } = attributes;
  return { [name]: JSON.stringify({ metadata, cacheControl, contentDisposition }) };
}

/** The attributes that {@link packAttributes} kept; none for an object that others wrote. */
export function unpackAttributes(
  kept: Readonly<Record<string, unknown>> | null | undefined,
): Packed {
  const text = kept?.[name];
  if (typeof text !== "string") return { metadata: {} };
  try {
    return JSON.parse(text) as Packed;
  } catch {
    return { metadata: {} };
  }
}

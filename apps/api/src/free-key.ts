import { TintypeError } from "@tintype/errors";
import { parseKey, type Key } from "@tintype/storage";

/** Where the service keeps what its records name: the library's pictures, those that wait for a job, and kept results. */
const reserved: ReadonlySet<string> = new Set(["assets", "inputs", "cache"]);

/** A key that a client may fill or empty as it likes; throws `storage.invalid_key`, or `objects.reserved_key`. */
export function parseFreeKey(text: string): Key {
  const key = parseKey(text);
  // Some disks do not tell cases apart.
  const [folder = ""] = key.toLowerCase().split("/");
  if (!reserved.has(folder)) return key;
  throw new TintypeError({
    kind: "forbidden",
    code: "objects.reserved_key",
    message: `What is below ${folder}/ belongs to the service. Choose another key.`,
    details: { key },
  });
}

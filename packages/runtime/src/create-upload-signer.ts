import { randomBytes } from "node:crypto";

import type { Settings } from "@tintype/config";
import { createUrlSigner, type UrlSigner } from "@tintype/storage";

/** Signs addresses for uploads: by the secret that is set, which several processes share, or else by one of this process. */
export function createUploadSigner({ secret, olderSecrets }: Settings["signing"]): UrlSigner {
  return createUrlSigner({ secrets: [secret ?? randomBytes(32).toString("hex"), ...olderSecrets] });
}

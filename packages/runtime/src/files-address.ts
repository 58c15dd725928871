import { publicUrl, type Settings } from "@tintype/config";
import { createUrlSigner, type UrlSigner } from "@tintype/storage";

/** Where this service answers for files, and what signs links to them where they are signed. */
export interface FilesAddress {
  readonly url: string;
  readonly signer: UrlSigner | undefined;
}

/** The address of the files of a service; `port` is the one that is really listened on. */
export function filesAddress(
  { access, server, signing }: Settings,
  port: number = server.port,
): FilesAddress {
  const signer =
    signing.enabled && signing.secret !== undefined
      ? createUrlSigner({ secrets: [signing.secret, ...signing.olderSecrets] })
      : undefined;
  const path = signer === undefined && access.servesFiles ? "/files" : "/api/v1/download";
  return { url: publicUrl({ ...server, port }) + path, signer };
}

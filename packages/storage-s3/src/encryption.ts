/** How the service encrypts what it stores. */
export type S3Encryption =
  | { readonly algorithm: "AES256" }
  | { readonly algorithm: "aws:kms"; readonly keyId?: string | undefined };

/** What a command asks for so that its object is encrypted. */
export function encryptionInput(encryption: S3Encryption | undefined) {
  if (encryption === undefined) return {};
  return {
    ServerSideEncryption: encryption.algorithm,
    ...("keyId" in encryption && { SSEKMSKeyId: encryption.keyId }),
  };
}

/** The same as headers, which whoever uploads to a signed address has to send. */
export function encryptionHeaders(encryption: S3Encryption | undefined): Record<string, string> {
  if (encryption === undefined) return {};
  const header = "x-amz-server-side-encryption";
  return {
    [header]: encryption.algorithm,
    ...("keyId" in encryption &&
      encryption.keyId !== undefined && { [`${header}-aws-kms-key-id`]: encryption.keyId }),
  };
}

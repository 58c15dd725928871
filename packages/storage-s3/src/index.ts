export { connectS3 } from "./connect-s3.ts";
export type { S3Connection, S3Provider } from "./connect-s3.ts";
export type { S3Encryption } from "./encryption.ts";
export { createS3Storage } from "./s3-storage.ts";
export type { S3StorageOptions } from "./s3-storage.ts";

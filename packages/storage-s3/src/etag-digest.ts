import { createHash } from "node:crypto";

/** Bytes that flow by, and the two ETags that S3 gives them: one for a single put, one for parts. */
export interface EtagDigest {
  update(chunk: Uint8Array): void;
  /** Whether an ETag is that of the bytes so far; one that is no digest in S3's form cannot tell and passes. */
  matches(etag: string): boolean;
}

/** The ETag of S3 for bytes put in parts of a size: MD5 of all, or MD5 of the parts' MD5s and their number. */
export function createEtagDigest(partBytes: number): EtagDigest {
  const whole = createHash("md5");
  const parts: Buffer[] = [];
  let part = createHash("md5");
  let room = partBytes;

  return {
    update(chunk) {
      whole.update(chunk);
      for (let rest = chunk; rest.length > 0;) {
        if (room === 0) {
          parts.push(part.digest());
          [part, room] = [createHash("md5"), partBytes];
        }
        const fitting = rest.subarray(0, room);
        part.update(fitting);
        room -= fitting.length;
        rest = rest.subarray(fitting.length);
      }
    },
    matches(etag) {
      const [, md5, count] = /^([0-9a-f]{32})(-\d+)?$/.exec(etag) ?? [];
      if (md5 === undefined) return true;
      if (count === undefined) return md5 === whole.copy().digest("hex");
      const all = Buffer.concat([...parts, part.copy().digest()]);
      return etag === `${createHash("md5").update(all).digest("hex")}-${String(parts.length + 1)}`;
    },
  };
}

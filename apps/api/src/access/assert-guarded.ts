import { BlockList, isIP } from "node:net";

import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";

import { keysOf } from "./keyring.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Throws `access.open` when the API would listen where others reach it, without keys and without a word that this is meant. */
export function assertGuarded({ server: { host }, access }: Settings): void {
  if (isLoopback(host) || keysOf(access).length > 0 || access.allowAnonymous) return;
  throw new TintypeError({
    kind: "configuration",
    code: "access.open",
    message: `HOST opens the API to others, and no key is asked for. Set API_KEYS, or ALLOW_ANONYMOUS=true where something else guards it.`,
  });
}

/** Whether only this machine reaches a host. */
export function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const version = isIP(host);
  return version !== 0 && loopback.check(host, version === 4 ? "ipv4" : "ipv6");
}

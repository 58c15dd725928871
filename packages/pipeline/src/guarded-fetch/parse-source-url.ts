import type { TintypeError } from "@tintype/errors";

import { sourceError } from "./source-error.ts";

/**
 * The address of a picture on the web, without its fragment; `from` is the address that redirected here. Throws
 * `source.invalid_url` unless it is http or https on a port where web servers are, without credentials, and no
 * step down from https to http. IPv4 hosts in hexadecimal, octal or decimal come out dotted.
 */
export function parseSourceUrl(text: string, from?: URL): URL {
  const url = URL.canParse(text, from) ? new URL(text, from) : undefined;
  if (url === undefined) throw invalid("is not a complete URL");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw invalid("must start with http:// or https://");
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("must not hold a user name or a password");
  }
  if (!isWebPort(url.port)) throw invalid("must use port 80, 443 or one from 1024 up");
  if (from?.protocol === "https:" && url.protocol === "http:") {
    throw invalid("redirects from https to http; use an address that stays on https");
  }
  url.hash = "";
  return url;
}

// The other ports below 1024 belong to mail, shells and directories, which must not be talked to through us; web
// servers of all kinds live above, and there the check of the address is what protects.
function isWebPort(port: string): boolean {
  return port === "" || port === "80" || port === "443" || Number(port) >= 1024;
}

function invalid(problem: string): TintypeError {
  return sourceError("invalid_url", `The address of the source ${problem}.`);
}

import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";

/** Headers that keep browsers from guessing, framing and leaking; pictures may still be shown by any page. */
export function safeHeaders(publicUrl: string): MiddlewareHandler {
  return secureHeaders({
    crossOriginResourcePolicy: "cross-origin",
    crossOriginOpenerPolicy: "same-origin",
    originAgentCluster: false,
    referrerPolicy: "no-referrer",
    // Only where the address is really reached by https, which a proxy in front of us may end.
    strictTransportSecurity: publicUrl.startsWith("https:") && "max-age=31536000",
    xFrameOptions: "DENY",
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
}

/** Lets scripts of these origins use the API, `*` being all of them; cookies never count. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: origins.includes("*") ? "*" : [...origins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "DELETE"],
    allowHeaders: ["content-type", "x-api-key", "x-request-id", "idempotency-key", "if-none-match"],
    exposeHeaders: [
      "etag",
      "location",
      "ratelimit",
      "ratelimit-policy",
      "retry-after",
      "x-cache",
      "x-request-id",
    ],
    maxAge: 600,
  });
}

import { apiKeys } from "../api-keys.ts";
import { defineSettings } from "../define-settings.ts";
import { flag, integer, origins, secret } from "../setting-types.ts";

/** Who may use the API, from where, and how often. */
export const accessSettings = defineSettings({
  title: "Access",
  settings: {
    keys: {
      name: "API_KEYS",
      description:
        "The keys that open the API, each as its name, its scopes and its SHA-256 in hex; without any, whoever reaches the API may use it. Hash a key with `printf %s KEY | sha256sum`.",
      type: apiKeys(),
      default: "",
      example: "shop:read+process:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    internalKey: {
      name: "INTERNAL_API_KEY",
      description:
        "One more key, as it is and not its hash, that opens reading and processing; make one with `openssl rand -hex 32`.",
      type: secret(16),
      example: "$(openssl rand -hex 32)",
      secret: true,
    },
    allowAnonymous: {
      name: "ALLOW_ANONYMOUS",
      description:
        "Whether the API may answer without keys on an address that others can reach; on loopback it always may.",
      type: flag(),
      default: "false",
      example: "true",
    },
    servesFiles: {
      name: "SERVE_FILES_STATIC",
      description:
        "Whether stored files are served at `/files/`; without, only at `/api/v1/download/`, by a signed link or to a key that may read.",
      type: flag(),
      default: "true",
      example: "false",
    },
    requestsPerMinute: {
      name: "RATE_LIMIT",
      description:
        "How many requests a minute one key may send, or one address where no keys are asked for; `0` is no limit.",
      type: integer({ min: 0, max: 1_000_000 }),
      default: "0",
      unit: "requests",
      example: "600",
    },
    corsOrigins: {
      name: "CORS_ORIGINS",
      description:
        "The web pages whose scripts may use the API, by their origins; `*` is every one.",
      type: origins(),
      default: "",
      example: "https://shop.example.com,https://admin.example.com",
    },
  },
});

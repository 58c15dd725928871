import { defineSettings } from "../define-settings.ts";
import { flag, seconds, secret, secrets } from "../setting-types.ts";

/** Whether links to stored files carry a signature and an expiry. */
export const signingSettings = defineSettings({
  title: "Signed links",
  settings: {
    enabled: {
      name: "SIGN_URLS",
      description: "Whether stored files are reached by signed links only.",
      type: flag(),
      default: "false",
      example: "true",
    },
    secret: {
      name: "SIGNING_SECRET",
      description:
        "The secret that signs links, needed when `SIGN_URLS` is on; make one with `openssl rand -hex 32`. A new one ends every link that `SIGNING_OLDER_SECRETS` does not cover.",
      type: secret(16),
      example: "$(openssl rand -hex 32)",
      secret: true,
    },
    olderSecrets: {
      name: "SIGNING_OLDER_SECRETS",
      description:
        "Earlier secrets, with commas between them, whose links still work; so a new secret ends no link that was given out.",
      type: secrets(16),
      default: "",
      example: "$(pass show signing-2025)",
      secret: true,
    },
    expiresInSeconds: {
      name: "URL_SIGNATURE_EXPIRY",
      description: "How long a signed link works.",
      // Seven days is the longest that S3 signs for, and a link must not depend on the storage behind it.
      type: seconds({ min: 1, max: 604_800 }),
      default: "3600",
      unit: "seconds",
      example: "15m",
    },
  },
  check: ({ enabled, secret: key }) =>
    enabled && key === undefined ? { secret: "must be set when SIGN_URLS is on" } : {},
});

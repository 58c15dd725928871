import { defineSettings } from "../define-settings.ts";
import { secret, text } from "../setting-types.ts";

/** The service that the command line talks to, where it is not this machine's own. */
export const remoteSettings = defineSettings({
  title: "Another machine's service",
  settings: {
    url: {
      name: "TINTYPE_URL",
      description:
        "The address of the service whose jobs `tintype jobs` shows and to which `process --remote` sends; without it, the settings' own.",
      type: text(/^https?:\/\/[^\s]+$/, "an address that starts with `http://` or `https://`"),
      example: "https://tintype.example.com",
    },
    apiKey: {
      name: "TINTYPE_API_KEY",
      description: "The key that the command line shows there.",
      type: secret(16),
      example: "$(openssl rand -hex 32)",
      secret: true,
    },
  },
});

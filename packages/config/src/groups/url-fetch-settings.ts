import { defineSettings } from "../define-settings.ts";
import { hosts, integer, milliseconds } from "../setting-types.ts";

/** Which pictures on the web may be fetched, and how patiently. */
export const urlFetchSettings = defineSettings({
  title: "Pictures from the web",
  settings: {
    timeoutMs: {
      name: "URL_FETCH_TIMEOUT",
      description: "How long fetching one picture may take in all, redirects included.",
      type: milliseconds({ min: 100, max: 3_600_000 }),
      default: "10s",
      unit: "seconds",
      example: "30s",
    },
    maxRedirects: {
      name: "URL_FETCH_MAX_REDIRECTS",
      description:
        "How many redirects are followed for one picture; each is checked like the first address.",
      type: integer({ min: 0, max: 20 }),
      default: "3",
      unit: "redirects",
      example: "0",
    },
    allowHosts: {
      name: "URL_FETCH_ALLOW_HOSTS",
      description:
        "The only hosts that pictures are fetched from; every public host when empty. Private addresses stay refused.",
      type: hosts(),
      default: "",
      example: "images.example.com,*.example.org",
    },
    denyHosts: {
      name: "URL_FETCH_DENY_HOSTS",
      description: "Hosts that pictures are never fetched from, also when they are allowed above.",
      type: hosts(),
      default: "",
      example: "ads.example.com,*.ads.example.com",
    },
  },
});

import { defineSettings } from "../define-settings.ts";
import { flag, integer } from "../setting-types.ts";

/** Where metrics are collected. */
export const observabilitySettings = defineSettings({
  title: "Metrics",
  settings: {
    enabled: {
      name: "ENABLE_METRICS",
      description: "Whether metrics are served at `/metrics` on a port of their own.",
      type: flag(),
      default: "false",
      example: "true",
    },
    port: {
      name: "METRICS_PORT",
      description:
        "The port of the metrics, on the same address as the API; keep it from the public.",
      type: integer({ min: 0, max: 65_535 }),
      default: "9091",
      example: "9100",
    },
    onApi: {
      name: "METRICS_ON_API",
      description:
        "Whether the API serves `/metrics` as well, to keys with the scope `admin` where keys are asked for.",
      type: flag(),
      default: "false",
      example: "true",
    },
  },
});

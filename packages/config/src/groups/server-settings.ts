import { defineSettings } from "../define-settings.ts";
import { integer, oneOf, text, webAddress } from "../setting-types.ts";

/** Where the service listens, what it calls itself, how much it says. */
export const serverSettings = defineSettings({
  title: "Server",
  settings: {
    host: {
      name: "HOST",
      description: "The address to listen on; `0.0.0.0` opens the service to the network.",
      type: text(/^[\w.:-]+$/, "an IP address or a host name"),
      default: "127.0.0.1",
      example: "0.0.0.0",
    },
    port: {
      name: "PORT",
      description: "The port to listen on; `0` takes any free one.",
      type: integer({ min: 0, max: 65_535 }),
      default: "8787",
      example: "80",
    },
    publicUrl: {
      name: "PUBLIC_URL",
      description:
        "The address under which clients reach the service, used in the links it gives out; made of host and port when absent.",
      type: webAddress(),
      example: "https://images.example.com",
    },
    logLevel: {
      name: "LOG_LEVEL",
      description: "The least severe entries that are logged.",
      type: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
      default: "info",
      example: "debug",
    },
  },
});

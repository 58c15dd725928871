import { defineSettings } from "../define-settings.ts";
import { integer, text } from "../setting-types.ts";

/** Where records are kept. */
export const databaseSettings = defineSettings({
  title: "Database",
  settings: {
    url: {
      name: "DATABASE_URL",
      description:
        "The PostgreSQL database that several machines share; an embedded database in `DATA_DIR` when absent.",
      type: text(/^postgres(?:ql)?:\/\/[^\s<>]+$/, "an address that starts with `postgres://`"),
      example: "postgres://tintype:<password>@db.internal/tintype",
      secret: true,
    },
    maxConnections: {
      name: "DATABASE_CONNECTIONS",
      description: "The most connections that this process opens to PostgreSQL.",
      type: integer({ min: 1, max: 1000 }),
      default: "10",
      unit: "connections",
      example: "20",
    },
  },
});

import { chromium } from "./chromium.ts";
import { clamd } from "./clamd.ts";
import { nginx } from "./nginx.ts";
import { postgres } from "./postgres.ts";
import { promtool } from "./promtool.ts";
import { radosgw } from "./radosgw.ts";
import { redis } from "./redis.ts";
import type { Service } from "./service.ts";

/** Every server that tests need. */
export const services: readonly Service[] = [
  chromium,
  clamd,
  nginx,
  postgres,
  promtool,
  radosgw,
  redis,
];

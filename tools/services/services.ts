import { clamd } from "./clamd.ts";
import { postgres } from "./postgres.ts";
import { radosgw } from "./radosgw.ts";
import type { Service } from "./service.ts";

/** Every server that tests need. */
export const services: readonly Service[] = [clamd, postgres, radosgw];

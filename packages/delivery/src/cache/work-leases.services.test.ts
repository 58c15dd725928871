import { postgresEngine } from "@tintype/database/testing";

import { leasesSuite } from "./suite/leases-suite.ts";

leasesSuite(postgresEngine);

import { sqliteEngine } from "@tintype/database/testing";

import { queueSuite } from "./suite/queue-suite.ts";

queueSuite(sqliteEngine);

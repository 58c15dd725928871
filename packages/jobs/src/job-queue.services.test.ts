import { postgresEngine } from "@tintype/database/testing";

import { queueSuite } from "./suite/queue-suite.ts";

queueSuite(postgresEngine);

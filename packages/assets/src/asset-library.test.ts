import { sqliteEngine } from "@tintype/database/testing";

import { contentsSuite } from "./suite/contents-suite.ts";
import { intakeSuite } from "./suite/intake-suite.ts";
import { listingSuite } from "./suite/listing-suite.ts";
import { retentionSuite } from "./suite/retention-suite.ts";

for (const suite of [intakeSuite, contentsSuite, listingSuite, retentionSuite]) suite(sqliteEngine);

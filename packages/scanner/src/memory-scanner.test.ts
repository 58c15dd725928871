import { scannerContract } from "./contract/scanner-contract.ts";
import { createMemoryScanner } from "./memory-scanner.ts";

scannerContract("the scanner in memory", { create: createMemoryScanner });

export { startStandIn as startClamdStandIn } from "./clamd/stand-in.ts";
export { scannerContract } from "./contract/scanner-contract.ts";
export { createMemoryScanner } from "./memory-scanner.ts";

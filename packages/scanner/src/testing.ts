export { scannerContract } from "./contract/scanner-contract.ts";
export { createMemoryScanner } from "./memory-scanner.ts";

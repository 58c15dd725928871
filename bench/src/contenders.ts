import { join } from "node:path";

import { tunedEnvironment, type ContenderSpec } from "./start-contender.ts";

const root = join(import.meta.dirname, "../..");

/** The Node.js that measures is the one that is measured. */
function node(name: string, ...options: string[]): ContenderSpec["command"] {
  return [process.execPath, join(import.meta.dirname, "contenders", `${name}.ts`), ...options];
}

function python(...options: string[]): ContenderSpec["command"] {
  return ["/usr/bin/python3", join(root, "bench/peers/pillow.py"), ...options];
}

/** This project as built in a checkout, with a profile of its exporters where one is named. */
export function tintype(
  name: string,
  checkout: string = root,
  ...profile: string[]
): ContenderSpec {
  return {
    name,
    command: node("tintype", checkout, ...profile),
    environment: tunedEnvironment,
    isPeer: false,
  };
}

/** What all ratios are to. */
export const limit: ContenderSpec = {
  name: "limit",
  command: node("limit"),
  environment: tunedEnvironment,
  isPeer: false,
};

/** Everybody, in the order of the tables. */
export const contenders: readonly ContenderSpec[] = [
  limit,
  tintype("tintype"),
  tintype("tintype-fast", root, "fast"),
  { name: "sharp-naive", command: node("sharp-naive") },
  { name: "ipx", command: node("ipx"), isPeer: false },
  { name: "jimp", command: node("jimp") },
  { name: "pillow", command: python("9") },
  { name: "pillow-tuned", command: python("3") },
  { name: "imagemagick", command: node("command-line", "imagemagick") },
  { name: "vips", command: node("command-line", "vips") },
];

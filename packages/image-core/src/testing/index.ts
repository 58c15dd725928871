export { hostileFiles } from "./hostile-files.ts";
export type { HostileFile } from "./hostile-files.ts";
export { fixture, fixtureNames, fixturesPresent } from "./fixtures.ts";
export { convertWithMagick, decodeAvif, encodeHeic, judges } from "./judges.ts";
export type { Judge } from "./judges.ts";
export { deviation, gradient, letterL, paint, pixelAt, picture, run, solid } from "./pictures.ts";
export type { Deviation, Sample } from "./pictures.ts";

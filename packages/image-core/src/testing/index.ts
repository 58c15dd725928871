export { fixture, fixtureNames, fixturesPresent } from "./fixtures.ts";
export { deviation, gradient, letterL, paint, pixelAt, picture, run, solid } from "./pictures.ts";
export type { Deviation, Sample } from "./pictures.ts";

export { createOpenCvRemovers } from "./open-cv-removers.ts";
export type { OpenCvRemovers, OpenCvRemoversOptions } from "./open-cv-removers.ts";
export type { OpenCvEngine } from "./remove-background.ts";

import type { JobName } from "./protocol.ts";

/** One thing that is measured: a job on a picture. */
export interface Case {
  readonly job: JobName;
  /** Names the case within its job. */
  readonly name: string;
  readonly picture: string;
  readonly part: string;
  /** Of the job at once. */
  readonly copies: number;
  /** Measured with `--long` only. */
  readonly isLong: boolean;
  /** Contenders that sit this one out, as it would take them minutes. */
  readonly without: readonly string[];
}

function aCase(
  job: JobName,
  name: string,
  picture: string,
  { part = "", copies = 1, isLong = false, without = [] as readonly string[] } = {},
): Case {
  return { job, name, picture, part, copies, isLong, without };
}

/** Every case, in the order of the report. */
export const cases: readonly Case[] = [
  aCase("J1", "smooth", "smooth.png"),
  aCase("J1", "detailed", "detailed.png"),
  aCase("J1", "flat", "flat.png"),
  ...[512, 1024, 2048].map((side) => aCase("J2", `${side}²`, `square-${side}.png`)),
  aCase("J3", "alone", "cut-out.png"),
  aCase("J3", "10 at once", "cut-out.png", { copies: 10 }),
  aCase("J3", "50 at once", "cut-out.png", {
    copies: 50,
    isLong: true,
    without: ["sharp-naive", "pillow", "pillow-tuned", "imagemagick", "vips"],
  }),
  ...["webp", "jpeg", "avif"].map((part) => aCase("J4", part, "photo-12mp.jpg", { part })),
  aCase("J4", "small", "small.jpg", { part: "small" }),
  aCase("J5", "look", "upload.png", { part: "look" }),
  aCase("J5", "put", "upload.png", { part: "put" }),
  aCase("J6", "recipes", "small.png"),
  aCase("all", "16 progressive", "progressive-18mp.jpg", { part: "progressive" }),
];

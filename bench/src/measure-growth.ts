import type { Case } from "./cases.ts";
import { contenders, tintype } from "./contenders.ts";
import { measureCase } from "./measure-case.ts";
import { picture } from "./pictures.ts";
import type { MixedResult, ScalingPoint } from "./report.ts";
import { startContender } from "./start-contender.ts";

const sizes = [1, 2, 5, 10, 20, 35, 50];
const crowds = [1, 2, 4, 8, 16, 32];
const compared = contenders.filter(({ name }) => ["limit", "tintype", "pillow"].includes(name));

/** Time and peak memory against the size of the picture, and against the number of pictures at once. */
export async function measureScaling(): Promise<readonly ScalingPoint[]> {
  const points: ScalingPoint[] = [];
  const measure = async (along: ScalingPoint["along"], at: number, measured: Case) => {
    const { results } = await measureCase(measured, compared, 3);
    for (const { contender, elapsedMs, cpuMs, peakMb } of results) {
      points.push({
        contender,
        along,
        at,
        elapsedMs: elapsedMs.median / measured.copies,
        cpuMs: cpuMs.median / measured.copies,
        peakMb,
      });
    }
  };
  const plain = { isLong: true, without: [] };
  for (const at of sizes) {
    const one = {
      job: "J4",
      name: `${at} MP`,
      picture: `photo-${at}mp.jpg`,
      part: "webp",
    } as const;
    await measure("megapixels", at, { ...plain, ...one, copies: 1 });
  }
  for (const at of crowds) {
    const one = { job: "J3", name: `${at} at once`, picture: "cut-out.png", part: "" } as const;
    await measure("at once", at, { ...plain, ...one, copies: at });
  }
  return points;
}

/** Whether memory grows with use: after a hundred conversions of mixed kinds, and after a thousand. */
export async function measureMixed(): Promise<MixedResult> {
  await using contender = await startContender(tintype("tintype"));
  const task = {
    job: "all",
    part: "mixed",
    input: await picture("small.png"),
    folder: "",
  } as const;
  await contender.run({ task, copies: 1 });
  const after100Mb = contender.residentMb();
  for (let hundred = 2; hundred <= 10; hundred += 1) await contender.run({ task, copies: 1 });
  return { after100Mb, after1000Mb: contender.residentMb() };
}

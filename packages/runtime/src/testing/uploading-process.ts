/** A process that uploads pictures and deletes some, as fast as it can, until it is killed; it says what it has done, and what it begins to undo. */
import { loadSettings } from "@tintype/config";
import { sharp } from "@tintype/image-core";

import { createRuntime } from "../create-runtime.ts";

const library = await (await createRuntime(loadSettings(process.env))).assets();
const say = (line: string) => process.stdout.write(`${line}\n`);
const colors = ["#f00", "#0f0", "#00f"];

async function work(worker: number): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    // Every third picture is one of a few, so that others have the same bytes.
    const width = turn % 3 === 0 ? 16 : 16 + Math.floor(Math.random() * 2000);
    const background = colors[(worker + turn) % colors.length] as string;
    const create = { width, height: 16, channels: 3, background } as const;
    const { id } = await library.ingest({}, await sharp({ create }).png().toBuffer());
    say(`kept ${id}`);
    if (turn % 4 !== 3) continue;
    say(`deleting ${id}`);
    await library.delete(id);
  }
}

say("ready");
await Promise.all([0, 1, 2].map(work));

import type { PassOptions } from "./dialect/processing-options.ts";
import type { KnownSource } from "./read-address-source.ts";

/** The watermarks that passes lay on, by the address that names them; `undefined` stands for the server's own. */
export type Watermarks = ReadonlyMap<string | undefined, KnownSource>;

/** Reads every watermark that is drawn; `read` gives nothing where the server has none of its own. */
export async function readWatermarks(
  passes: readonly PassOptions[],
  read: (url: string | undefined) => Promise<KnownSource | undefined>,
): Promise<Watermarks> {
  const drawn = passes.filter(({ watermark }) => watermark && watermark.opacity > 0);
  const urls = new Set(drawn.map(({ watermarkUrl }) => watermarkUrl));
  const found = await Promise.all([...urls].map(async (url) => [url, await read(url)] as const));
  return new Map(found.flatMap(([url, source]) => (source ? [[url, source] as const] : [])));
}

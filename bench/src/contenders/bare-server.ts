/** A server with nothing around sharp: `bare-server.ts PICTURE`; answers `/FORMAT?quality=Q` and prints its address. */
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import sharp from "sharp";

sharp.cache(false);
sharp.concurrency(1);

const [input = ""] = process.argv.slice(2);

async function answer(path: string, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  const format = pathname.slice(1) as "jpeg" | "webp" | "avif";
  const quality = Number(searchParams.get("quality"));
  const size = { width: 512, height: 512, fit: "inside", fastShrinkOnLoad: false } as const;
  const picture = sharp(await readFile(input)).resize(size);
  // The effort at which our own AVIF is written: sharp's default takes twenty times as long.
  const options = { quality, ...(format === "avif" && { effort: 1 }) };
  const bytes = await picture.toFormat(format, options).toBuffer();
  response.writeHead(200, { "content-type": `image/${format}` }).end(bytes);
}

const server = createServer((request, response) => {
  answer(request.url ?? "/", response).catch(() => response.writeHead(500).end());
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

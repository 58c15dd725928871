/** A server with nothing around sharp: `bare-server.ts PICTURE`; prints its address. */
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import sharp from "sharp";

sharp.cache(false);
sharp.concurrency(1);

const [input = ""] = process.argv.slice(2);

async function answer(path: string, response: ServerResponse): Promise<void> {
  const width = Number(new URL(path, "http://localhost").searchParams.get("width"));
  const picture = sharp(await readFile(input)).resize({ width, fastShrinkOnLoad: false });
  const bytes = await picture.webp({ quality: 80 }).toBuffer();
  response.writeHead(200, { "content-type": "image/webp" }).end(bytes);
}

const server = createServer((request, response) => {
  answer(request.url ?? "/", response).catch(() => response.writeHead(500).end());
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

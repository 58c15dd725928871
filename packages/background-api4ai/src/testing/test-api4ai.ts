import {
  createMemoryRemover,
  createUsageMeter,
  defaultRetryPolicy,
  type RawPicture,
} from "@tintype/generators";
import {
  startScriptedServer,
  type ReceivedRequest,
  type ScriptedAnswer,
} from "@tintype/generators/testing";
import { sharp } from "@tintype/image-core";

import { createApi4aiRemover, type Api4aiRemoverOptions } from "../index.ts";

/** The file of a request's form, decoded. */
export async function sentPicture({ body, headers }: ReceivedRequest): Promise<RawPicture> {
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": headers["content-type"] ?? "" },
  }).formData();
  const file = form.get("image");
  if (!(file instanceof File)) throw new Error("The form has no file.");
  const { data, info } = await sharp(await file.arrayBuffer())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** An answer as it was recorded, around a PNG. */
export function answerWith(png: Uint8Array): ScriptedAnswer {
  const result = {
    status: { code: "ok", message: "Success" },
    name: "image.jpg",
    md5: "9d2e1c",
    entities: [
      {
        kind: "image",
        name: "image",
        format: "PNG",
        representation: "base64",
        image: Buffer.from(png).toString("base64"),
      },
    ],
  };
  return { body: { results: [result] } };
}

/** A failure as it was recorded: within HTTP 200. */
export function failureWith(message: string): ScriptedAnswer {
  return { body: { results: [{ status: { code: "failure", message }, entities: [] }] } };
}

/** Cuts out what was sent, as the service would in its mode. */
export async function cutOutOf(request: ReceivedRequest): Promise<ScriptedAnswer> {
  const picture = await sentPicture(request);
  const { width, height } = picture;
  const mask = await createMemoryRemover()
    .remove(picture)
    .then((removal) => removal.mask.data)
    .catch(() => new Uint8Array(width * height));
  const plane = sharp(mask, { raw: { width, height, channels: 1 } });
  if (request.url.searchParams.get("mode") === "fg-mask") {
    return answerWith(await plane.toColourspace("b-w").png().toBuffer());
  }
  const rgb = sharp(picture.data, { raw: { width, height, channels: 3 } });
  const alpha = { raw: { width, height, channels: 1 } } as const;
  return answerWith(await rgb.joinChannel(Buffer.from(mask), alpha).png().toBuffer());
}

/** A remover over a server on this machine, with the waits that it would have made. */
export async function testApi4ai(
  answer: (
    request: ReceivedRequest,
    index: number,
  ) => ScriptedAnswer | Promise<ScriptedAnswer> = cutOutOf,
  options: Partial<Api4aiRemoverOptions> = {},
) {
  const { url, requests } = await startScriptedServer(answer);
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  const meter = createUsageMeter();
  const remover = createApi4aiRemover({
    apiKey: "key-of-the-test",
    baseUrl: url,
    retry: { ...defaultRetryPolicy, wait },
    meter,
    keySetting: "API4AI_API_KEY",
    ...options,
  });
  return { remover, requests, waits, meter };
}

import type { ClientHints } from "@tintype/delivery";
import type { Context } from "hono";
import { z } from "zod";

import type { AppEnvironment, RouteFactory } from "../api-route.ts";
import { hintHeaders, imageResponse } from "../image-response.ts";
import { withDeadline } from "../with-deadline.ts";

const addressPath = z.object({
  address: z
    .string()
    .describe(
      "`SIGNATURE/OPTIONS/SOURCE` as imgproxy has it, such as `SIGNATURE/rs:fill:300:400/plain/local:///cup.png@webp`.",
    ),
});

/** Makes and hands out images by URL, in imgproxy's dialect. */
export const imgRoute: RouteFactory = ({ images, settings: { imageUrls, processing } }) => ({
  method: "get",
  // An address is guarded by its signature.
  scope: "everyone",
  path: "/img/:address{.+}",
  operation: {
    summary: "An image made by its URL",
    description:
      "Options, sources and signature as imgproxy documents them. Conditional requests and, for sources given out as they are, ranges work.",
    tags: ["Images by URL"],
    requestParams: { path: addressPath },
    responses: {
      200: { description: "The image.", content: { "image/*": {} } },
      206: { description: "A range of a source that is given out as it is." },
      304: { description: "The client has this version already." },
      416: { description: "The range lies outside the file." },
    },
  },
  async handle(context) {
    const image = await withDeadline(
      processing.timeoutMs,
      (signal) =>
        images.delivery.image(
          addressOf(context, "/img"),
          hintsOf(context, imageUrls.clientHints),
          signal,
        ),
      context.req.raw.signal,
    );
    return imageResponse(context, image, imageUrls);
  },
});

/** Tells what is known of an image's source. */
export const imgInfoRoute: RouteFactory = ({ images, settings: { processing } }) => ({
  method: "get",
  // An address is guarded by its signature.
  scope: "everyone",
  path: "/img/info/:address{.+}",
  operation: {
    summary: "What is known of a URL's source",
    description:
      "Size, format, dimensions, metadata; colors and a BlurHash where they are asked for.",
    tags: ["Images by URL"],
    requestParams: { path: addressPath },
    responses: {
      200: {
        description: "By imgproxy's names.",
        content: { "application/json": { schema: z.record(z.string(), z.unknown()) } },
      },
    },
  },
  async handle(context) {
    const info = await withDeadline(
      processing.timeoutMs,
      (signal) => images.delivery.info(addressOf(context, "/img/info"), signal),
      context.req.raw.signal,
    );
    return context.json(info);
  },
});

/** The path as it was sent: the signature is over its escapes too. */
function addressOf({ req }: Context<AppEnvironment>, prefix: string): string {
  return new URL(req.url).pathname.slice(prefix.length);
}

function hintsOf({ req }: Context<AppEnvironment>, hinted: boolean): ClientHints {
  const [dpr, width] = hintHeaders.map((name) => (hinted ? Number(req.header(name)) : Number.NaN));
  return { accept: req.header("accept"), dpr: within(dpr, 8), width: within(width, 10_000) };
}

function within(value: number | undefined, most: number): number | undefined {
  return value !== undefined && value > 0 && value <= most ? value : undefined;
}

import { isTintypeError } from "@tintype/errors";
import { freeBuffer, pictureTypes } from "@tintype/image-core";

import { createSingleFlight } from "./cache/single-flight.ts";
import { createSignatureCheck } from "./check-signature.ts";
import { deliveryError } from "./delivery-error.ts";
import type {
  ClientHints,
  DeliveredImage,
  Delivery,
  DeliveryServices,
  DeliverySettings,
} from "./delivery.ts";
import { parseAddress, readGroups, type ParsedAddress } from "./dialect/parse-address.ts";
import { parseAddressSource } from "./dialect/parse-source.ts";
import { expandPresets, parsePresets } from "./dialect/presets.ts";
import type { FileOptions, PassOptions } from "./dialect/processing-options.ts";
import { splitAddress } from "./dialect/split-address.ts";
import { readInfo } from "./info/read-info.ts";
import { loadMark } from "./load-mark.ts";
import { makeImage, type ImageFacts } from "./make-image.ts";
import { acceptedBy, type AcceptedFormats } from "./plan/plan-output.ts";
import { createSourceReader, type KnownSource } from "./read-address-source.ts";
import { readWatermarks } from "./read-watermarks.ts";

/** Makes a delivery; throws kind `configuration` for presets or keys that can't be used. */
export function createDelivery(services: DeliveryServices, settings: DeliverySettings): Delivery {
  const { pipeline, cache } = services;
  const { negotiate, webTtlMs, baseUrl, fallback, onlyPresets } = settings;
  const checkSignature = createSignatureCheck(settings.signatures);
  const presets = parsePresets(settings.presets);
  for (const groups of presets.values()) readGroups(expandPresets(groups, presets));
  const readSource = createSourceReader({ ...services, webTtlMs });
  const flights = createSingleFlight<Made>();

  const sourceOf = (text: string) => {
    assertAllowed(text, settings.allowedSources);
    return parseAddressSource(text, baseUrl);
  };
  const readWatermark = async (url: string | undefined, signal: AbortSignal) => {
    const text = url ?? settings.watermark;
    if (text === undefined) return undefined;
    // The server's own watermark need not lie among the sources that addresses may name.
    return readSource(
      url === undefined ? parseAddressSource(text, baseUrl) : sourceOf(text),
      signal,
    );
  };

  const parse = (path: string, client: ClientHints): ParsedAddress => {
    const { dpr, width } = client;
    const hinted: Partial<PassOptions> = {
      ...(dpr !== undefined && { dpr }),
      ...(width !== undefined && { width: Math.round(width / (dpr ?? 1)) }),
    };
    return parseAddress(path, { presets, onlyPresets, pass: hinted, file: settings.file ?? {} });
  };

  const make = async (
    { passes, file, source }: ParsedAddress,
    accepted: AcceptedFormats,
    isOwn: boolean,
    signal: AbortSignal,
  ): Promise<Made> => {
    const found = isOwn ? parseAddressSource(source, baseUrl) : sourceOf(source);
    const known = await readSource(found, signal);
    const marks = await readWatermarks(file.raw ? [] : passes, (url) => readWatermark(url, signal));
    const work = async (end: AbortSignal) => {
      const leave = known.isNear ? await pipeline.admission.approach(end) : undefined;
      try {
        return await render(end);
      } finally {
        leave?.();
      }
    };
    const render = async (end: AbortSignal) => {
      let keep = true;
      const bytesOf = async (each: KnownSource) => {
        const { sha256, bytes } = await each.read(end);
        keep &&= sha256 === each.sha256;
        return bytes;
      };
      const markOf = async (url: string | undefined) => {
        const mark = marks.get(url);
        return mark && loadMark(await bytesOf(mark), pipeline, end);
      };
      const context = { pipeline, loadMark: markOf };
      const bytes = await bytesOf(known);
      const made = await makeImage({ passes, file }, bytes, accepted, context, end);
      if (made.bytes.buffer !== bytes.buffer) freeBuffer(bytes);
      return { ...made, keep };
    };
    const hashes = [...marks.values()].map(({ sha256 }) => sha256);
    const id = { source: known.sha256, work: workOf(passes, file, accepted, hashes) };
    // A source as it is would only be kept twice.
    const { result, status } =
      cache && !file.raw
        ? await cache.through(id, work, signal)
        : { result: await work(signal), status: "none" as const };
    const facts = result.facts as unknown as ImageFacts;
    return {
      ...facts,
      bytes: result.bytes,
      cache: status,
      original: file.raw || facts.sha256 === known.sha256,
      lastModified: latestOf([known, ...marks.values()]) ?? new Date(facts.madeAt),
    };
  };

  const deliver = async (address: ParsedAddress, client: ClientHints, signal?: AbortSignal) => {
    const { file, source } = address;
    const negotiated = file.format === undefined && !file.raw && (negotiate.avif || negotiate.webp);
    const accepted = negotiated
      ? acceptedBy(client.accept, negotiate)
      : acceptedBy(undefined, negotiate);
    const run = async (what: ParsedAddress, isOwn: boolean) => {
      const key = `${what.source}\n${workOf(what.passes, what.file, accepted)}`;
      const { result, shared } = await flights.run(
        key,
        (end) => make(what, accepted, isOwn, end),
        signal,
      );
      return {
        ...result,
        cache: shared && result.cache === "miss" ? "shared" : result.cache,
      } as const;
    };
    const answer = (made: Made, isFallback: boolean): DeliveredImage => ({
      ...made,
      negotiated,
      expiresAt: file.expires === 0 ? undefined : new Date(file.expires * 1000),
      filename: filenameOf(file.filename ?? source, made.extension),
      // What could run something must not be opened as a page, whatever a proxy makes of the headers.
      attachment: file.attachment || (file.raw && !isInert(made.mediaType)),
      fallback: isFallback,
    });
    try {
      return answer(await run(address, false), false);
    } catch (error) {
      if (fallback === undefined || !isPictureFailure(error)) throw error;
      return answer(await run({ ...address, source: fallback }, true), true);
    }
  };

  return {
    async image(path, client = {}, signal) {
      const { signature, rest } = splitAddress(path);
      checkSignature(signature, rest);
      const address = parse(rest, client);
      assertAlive(address.file.expires, settings.hideExpired);
      return deliver(address, client, signal);
    },

    async info(path, signal) {
      const { signature, rest } = splitAddress(path);
      checkSignature(signature, rest);
      return readInfo(rest, {
        pipeline,
        presets,
        bytesOf: async (text) =>
          (await (await readSource(sourceOf(text), signal)).read(signal)).bytes,
        assertAlive: (expires) => assertAlive(expires, settings.hideExpired),
      });
    },

    async invalidate(source, signal) {
      const known = await readSource(parseAddressSource(source, baseUrl), signal);
      return (await cache?.invalidate(known.sha256)) ?? 0;
    },

    async buildAhead(source, names, clients = [{}], signal) {
      const text = Buffer.from(source).toString("base64url");
      for (const name of names) {
        const options = onlyPresets ? name : `pr:${name}`;
        for (const client of clients) {
          await deliver(parse(`/${options}/${text}`, client), client, signal);
        }
      }
    },
  };
}

type Made = ImageFacts & Pick<DeliveredImage, "bytes" | "cache" | "original" | "lastModified">;

/** Everything but the source that the bytes of a result depend on, as one text; watermarks by their content. */
function workOf(
  passes: readonly PassOptions[],
  { expires: _end, filename: _name, attachment: _offer, ...file }: FileOptions,
  accepted: AcceptedFormats,
  watermarks: readonly string[] = [],
): string {
  const formats = file.format === undefined ? accepted : undefined;
  return JSON.stringify([passes, file, formats, watermarks]);
}

/** When the last of some sources changed; undefined where one of them doesn't say. */
function latestOf(sources: readonly KnownSource[]): Date | undefined {
  const times = sources.map(({ lastModified }) => lastModified?.getTime() ?? Number.NaN);
  const latest = Math.max(...times);
  return Number.isNaN(latest) ? undefined : new Date(latest);
}

function assertAlive(expires: number, hide: boolean): void {
  if (expires === 0 || expires * 1000 > Date.now()) return;
  throw hide
    ? deliveryError("not_found", "There is no image at this address.")
    : deliveryError("expired", "This address has ended. Ask for a new one.");
}

function assertAllowed(source: string, allowed: readonly string[]): void {
  if (allowed.length === 0 || allowed.some((start) => source.startsWith(start))) return;
  throw deliveryError("source_denied", "Pictures from this source are not given out here.");
}

/** A failure of the picture, for which another may stand in; a wrong address stays wrong. */
function isPictureFailure(error: unknown): boolean {
  if (!isTintypeError(error) || error.kind === "unavailable") return false;
  return !/^(?:delivery|request|recipe|output)\./u.test(error.code);
}

/** Whether a file holds pixels and nothing else. */
function isInert(mediaType: string): boolean {
  return mediaType.startsWith("image/") && mediaType !== pictureTypes.svg;
}

/** The last part of a source's path, with the extension of the file. */
function filenameOf(source: string, extension: string): string {
  const path =
    source
      .replace(/[?#].*$/su, "")
      .split("/")
      .at(-1) ?? "";
  const stem = path.replace(/(?<=.)\.[^.]*$/u, "") || "image";
  return `${stem}.${extension}`;
}

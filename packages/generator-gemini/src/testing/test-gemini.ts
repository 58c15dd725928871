import { GoogleGenAI } from "@google/genai";
import { createUsageMeter, defaultRetryPolicy } from "@tintype/generators";
import {
  startScriptedServer,
  type ReceivedRequest,
  type ScriptedAnswer,
} from "@tintype/generators/testing";
import sharp from "sharp";

import { createGeminiGenerator, type GeminiGeneratorOptions } from "../index.ts";

/** A small JPEG in a color that follows from a number. */
export async function jpeg(seed = 0): Promise<Buffer> {
  const background = { r: (seed * 67) % 256, g: 90, b: 160 };
  return sharp({ create: { width: 16, height: 9, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** An answer as it was recorded: one candidate, with parts around its picture as told. */
export function answerWith(parts: readonly object[], more: object = {}): ScriptedAnswer {
  return {
    body: {
      candidates: [{ content: { role: "model", parts }, finishReason: "STOP", index: 0, ...more }],
      usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 1290, totalTokenCount: 1302 },
      modelVersion: "gemini-nano-banana-2.1",
      responseId: "nKxHacq9",
    },
  };
}

/** The part that holds a picture. */
export function picture(bytes: Buffer, mimeType = "image/png"): object {
  return { inlineData: { mimeType, data: bytes.toString("base64") } };
}

/** An error as it was recorded. */
export function refusal(
  code: number,
  status: string,
  details: readonly object[] = [],
): ScriptedAnswer {
  return { status: code, body: { error: { code, message: "…", status, details } } };
}

/** What the tests read of a request's body. */
export interface GeminiBody {
  readonly contents: readonly { readonly parts: readonly object[] }[];
  readonly generationConfig: {
    readonly seed?: number;
    readonly responseModalities: readonly string[];
    readonly imageConfig: object;
  };
}

/** A generator over the unmodified SDK and a server on this machine, with the waits that it would have made. */
export async function testGemini(
  answer: (request: ReceivedRequest, index: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
  options: Partial<GeminiGeneratorOptions> = {},
) {
  const server = await startScriptedServer(answer);
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  const meter = createUsageMeter();
  const generator = createGeminiGenerator({
    client: new GoogleGenAI({ apiKey: "key-of-the-test", httpOptions: { baseUrl: server.url } }),
    model: "gemini-nano-banana-2.1",
    retry: { ...defaultRetryPolicy, wait },
    meter,
    settingNames: { model: "GEMINI_MODEL", key: "GEMINI_API_KEY" },
    ...options,
  });
  const { requests } = server;
  const bodies = () => requests.map(({ body }) => JSON.parse(body.toString()) as GeminiBody);
  return { generator, requests, bodies, waits, meter };
}

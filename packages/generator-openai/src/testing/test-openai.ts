import { createUsageMeter, defaultRetryPolicy } from "@tintype/generators";
import {
  startScriptedServer,
  type ReceivedRequest,
  type ScriptedAnswer,
} from "@tintype/generators/testing";
import { OpenAI } from "openai";
import sharp from "sharp";

import { createOpenaiGenerator, type OpenaiGeneratorOptions } from "../index.ts";

/** A small picture. */
export async function pictureBytes(format: "png" | "jpeg" = "png"): Promise<Buffer> {
  const create = { width: 12, height: 8, channels: 3, background: "#5a90a0" } as const;
  return sharp({ create }).toFormat(format).toBuffer();
}

/** An answer as it was recorded. */
export function answerWith(bytes: Buffer): ScriptedAnswer {
  return {
    body: {
      created: 1_795_000_000,
      background: "opaque",
      output_format: "png",
      quality: "medium",
      size: "1536x1024",
      data: [
        { b64_json: bytes.toString("base64"), revised_prompt: "A red car, seen from the left." },
      ],
      usage: {
        input_tokens: 11,
        input_tokens_details: { image_tokens: 0, text_tokens: 11 },
        output_tokens: 1568,
        total_tokens: 1579,
      },
    },
  };
}

/** An error as it was recorded. */
export function refusal(status: number, code: string | null, headers = {}): ScriptedAnswer {
  const error = { message: "…", type: "invalid_request_error", param: null, code };
  return { status, headers, body: { error } };
}

/** A generator over the unmodified SDK and a server on this machine, with the waits that it would have made. */
export async function testOpenai(
  answer: (request: ReceivedRequest, index: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
  options: Partial<OpenaiGeneratorOptions> = {},
) {
  const { url, requests } = await startScriptedServer(answer);
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  const meter = createUsageMeter();
  const generator = createOpenaiGenerator({
    client: new OpenAI({ apiKey: "key-of-the-test", baseURL: `${url}/v1`, maxRetries: 0 }),
    model: "gpt-image-2.5-flare",
    retry: { ...defaultRetryPolicy, wait },
    meter,
    settingNames: { model: "OPENAI_MODEL", key: "OPENAI_API_KEY" },
    ...options,
  });
  return { generator, requests, waits, meter };
}

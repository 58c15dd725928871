import { unknownVariables, type Environment, type Settings } from "@tintype/config";
import { isTintypeError } from "@tintype/errors";

import { createScanner } from "./create-scanner.ts";
import { createStorage } from "./create-storage.ts";

/** What was found out about one part of the service; never a secret. */
export interface Finding {
  readonly name: string;
  /** `off`: not set up, which may be as intended. */
  readonly state: "ok" | "off" | "failed";
  readonly message: string;
}

/** Looks at every part that settings can set up: tries what is on this side, and calls no service that costs money. */
export async function diagnose(
  settings: Settings,
  environment: Environment = process.env,
): Promise<readonly Finding[]> {
  const { generation, gemini, openai, api4ai, engines, signing } = settings;
  const engine = (name: Settings["engines"]["off"][number], finding: Finding) =>
    engines.off.includes(name) ? off(finding.name, "turned off by ENGINES_OFF") : finding;
  return [
    ok("node", process.version),
    await storageFinding(settings),
    signing.enabled
      ? ok("signed links", "on")
      : off("signed links", "set SIGN_URLS and SIGNING_SECRET to use them"),
    engine("sample", ok("generator sample", "needs nothing")),
    engine(
      "gemini",
      keyFinding("generator gemini", "GEMINI_API_KEY", gemini.apiKey, `model ${gemini.model}`),
    ),
    engine(
      "openai",
      keyFinding("generator openai", "OPENAI_API_KEY", openai.apiKey, `model ${openai.model}`),
    ),
    defaultFinding(settings),
    generation.budget === undefined
      ? off("budget", "no limit; set GENERATION_BUDGET to have one")
      : ok("budget", `${String(generation.budget)} USD for each ${generation.budgetPeriod}`),
    engine("opencv", ok("engines auto, grabcut, watershed, chroma", "on this machine")),
    engine(
      "api4ai",
      keyFinding(
        "engine api4ai",
        "API4AI_API_KEY",
        api4ai.apiKey,
        `${api4ai.endpoint}, ${api4ai.mode}`,
      ),
    ),
    await scannerFinding(settings),
    ...unknownVariables(environment).map((name) => failed(name, "sets nothing; is it misspelled?")),
  ];
}

function ok(name: string, message: string): Finding {
  return { name, state: "ok", message };
}

function off(name: string, message: string): Finding {
  return { name, state: "off", message };
}

function failed(name: string, message: string): Finding {
  return { name, state: "failed", message };
}

function keyFinding(
  name: string,
  setting: string,
  key: string | undefined,
  facts: string,
): Finding {
  return key === undefined ? off(name, `set ${setting} to use it`) : ok(name, `${facts}, key set`);
}

function defaultFinding({ generation, gemini, openai }: Settings): Finding {
  const { defaultGenerator } = generation;
  const keys = { sample: "", gemini: gemini.apiKey, openai: openai.apiKey };
  return keys[defaultGenerator] === undefined
    ? failed(
        "default generator",
        `${defaultGenerator} has no key: set it, or another DEFAULT_GENERATOR`,
      )
    : ok("default generator", defaultGenerator);
}

async function storageFinding(settings: Settings): Promise<Finding> {
  try {
    const health = await (await createStorage(settings)).health();
    if (!health.ok) return failed("storage", health.message);
    return ok("storage", [settings.storage.kind, health.message].filter(Boolean).join(": "));
  } catch (error) {
    return failed("storage", messageOf(error));
  }
}

async function scannerFinding(settings: Settings): Promise<Finding> {
  try {
    const scanner = await createScanner(settings);
    return scanner
      ? ok("malware scanner", "finds the EICAR test file")
      : off("malware scanner", "uploads are not scanned; set VIRUS_SCAN_ENABLED to scan them");
  } catch (error) {
    return failed("malware scanner", messageOf(error));
  }
}

function messageOf(error: unknown): string {
  if (isTintypeError(error)) return error.message;
  throw error;
}

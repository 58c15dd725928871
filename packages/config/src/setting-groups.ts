import { accessSettings } from "./groups/access-settings.ts";
import { api4aiSettings } from "./groups/api4ai-settings.ts";
import { brandSettings } from "./groups/brand-settings.ts";
import { databaseSettings } from "./groups/database-settings.ts";
import { engineSettings } from "./groups/engine-settings.ts";
import { formatSettings } from "./groups/format-settings.ts";
import { geminiSettings } from "./groups/gemini-settings.ts";
import { generationSettings } from "./groups/generation-settings.ts";
import { imageUrlSettings } from "./groups/image-url-settings.ts";
import { jobSettings } from "./groups/job-settings.ts";
import { limitSettings } from "./groups/limit-settings.ts";
import { observabilitySettings } from "./groups/observability-settings.ts";
import { openaiSettings } from "./groups/openai-settings.ts";
import { processingSettings } from "./groups/processing-settings.ts";
import { remoteSettings } from "./groups/remote-settings.ts";
import { resultCacheSettings } from "./groups/result-cache-settings.ts";
import { s3Settings } from "./groups/s3-settings.ts";
import { serverSettings } from "./groups/server-settings.ts";
import { signingSettings } from "./groups/signing-settings.ts";
import { storageSettings } from "./groups/storage-settings.ts";
import { supabaseSettings } from "./groups/supabase-settings.ts";
import { uploadSettings } from "./groups/upload-settings.ts";
import { urlFetchSettings } from "./groups/url-fetch-settings.ts";
import { virusScanSettings } from "./groups/virus-scan-settings.ts";

/** Every group of settings, by its name in {@link Settings} and in the order of the reference page. */
export const settingGroups = {
  server: serverSettings,
  storage: storageSettings,
  s3: s3Settings,
  supabase: supabaseSettings,
  database: databaseSettings,
  uploads: uploadSettings,
  limits: limitSettings,
  processing: processingSettings,
  formats: formatSettings,
  jobs: jobSettings,
  urlFetch: urlFetchSettings,
  signing: signingSettings,
  imageUrls: imageUrlSettings,
  resultCache: resultCacheSettings,
  virusScan: virusScanSettings,
  access: accessSettings,
  observability: observabilitySettings,
  engines: engineSettings,
  generation: generationSettings,
  gemini: geminiSettings,
  openai: openaiSettings,
  api4ai: api4aiSettings,
  brand: brandSettings,
  remote: remoteSettings,
};

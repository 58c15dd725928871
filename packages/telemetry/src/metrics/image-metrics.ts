import { boundedLabel } from "./bounded-label.ts";
import { durations, type Instruments } from "./instruments.ts";

/** What is known of one picture's way through the pipeline. */
export interface ProcessedImage {
  readonly outcome: "success" | "failure";
  readonly seconds: number;
  /** Seconds in each stage. */
  readonly stages?: Readonly<Record<string, number>>;
  readonly sourceBytes?: number;
  readonly files?: readonly { readonly format: string; readonly bytes: number }[];
}

const sizes = [0.01, 0.1, 0.5, 1, 5, 10, 25, 50, 100].map((megabytes) => megabytes * 2 ** 20);

/** What becomes of pictures, how long it takes, and how many bytes go in and out. */
export function imageMetrics({ counter, histogram, gauge }: Instruments) {
  const processed = counter("images_processed_total", "Pictures processed.", ["outcome"]);
  const duration = histogram(
    "image_processing_duration_seconds",
    "Time from a request's start to its last stored file.",
    durations,
    ["outcome"],
  );
  const stage = histogram("image_stage_duration_seconds", "Time in each stage.", durations, [
    "stage",
  ]);
  const source = histogram("image_source_size_bytes", "Size of the pictures read.", sizes);
  const output = counter("image_output_bytes_total", "Bytes of the files made.", ["format"]);
  const ratio = histogram(
    "image_compression_ratio",
    "Bytes of the source by bytes of all its files.",
    [0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 100],
  );
  const hits = counter("cache_hits_total", "Results found in a cache.", ["cache"]);
  const misses = counter("cache_misses_total", "Results not found in a cache.", ["cache"]);
  const [stageLabel, format, cacheLabel] = [boundedLabel(20), boundedLabel(40), boundedLabel(20)];

  return {
    imageProcessed({ outcome, seconds, stages = {}, sourceBytes, files = [] }: ProcessedImage) {
      processed.inc({ outcome });
      duration.observe({ outcome }, seconds);
      for (const [name, time] of Object.entries(stages))
        stage.observe({ stage: stageLabel(name) }, time);
      for (const file of files) output.inc({ format: format(file.format) }, file.bytes);
      if (sourceBytes === undefined) return;
      source.observe(sourceBytes);
      const written = files.reduce((sum, { bytes }) => sum + bytes, 0);
      if (written > 0) ratio.observe(sourceBytes / written);
    },

    cacheRead(cache: string, isHit: boolean) {
      (isHit ? hits : misses).inc({ cache: cacheLabel(cache) });
    },

    /** Shows the pictures in work and those that wait whenever metrics are collected. */
    watchWork(state: () => { readonly running: number; readonly waiting: number }) {
      gauge("active_processing_count", "Pictures in work.", () => state().running);
      gauge("waiting_pictures", "Pictures that wait for their turn.", () => state().waiting);
    },
  };
}

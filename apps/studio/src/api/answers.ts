// Made of the API's schemas by `npm run docs`; not edited by hand.

export type Facts = {
  /** A BlurHash: a blurred placeholder in 6 to 36 characters, over white. */
  readonly blurhash?: string;
  /** A ThumbHash in base64: a blurred placeholder of at most 25 bytes that holds shape and transparency too. */
  readonly thumbhash?: string;
  /** A tiny WebP as a data: URL of at most 400 characters, to be shown large and blurred. */
  readonly lqip?: string;
  /** The first color of the palette; null where all is transparent. */
  readonly dominantColor?: string | null;
  /** Up to 6 colors that the picture is made of, each with its share of what is not transparent; the largest first. */
  readonly palette?: readonly {
    readonly color: string;
    readonly share: number;
  }[];
  /** 64 bits in hex that stay nearly the same when a picture is resized or compressed; compare two by the bits that differ. */
  readonly perceptualHash?: string;
  /** Whether every pixel is fully opaque; exact, over all of them. */
  readonly isOpaque?: boolean;
  /** The variance of the Laplacian at 512 px, from 0 for an even picture upwards: lower the more blurred, among pictures of one kind. */
  readonly sharpness?: number;
};

/** Problem details (RFC 9457). */
export type Problem = {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  /** What is wrong and what to do. */
  readonly detail: string;
  /** Stable and dotted: what programs branch on. */
  readonly code: string;
  readonly requestId: string;
  /** Facts about the failure. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The same request may succeed later. */
  readonly retryable?: true;
};

export type UploadAnswer = {
  /** Whether every file was kept. */
  readonly success: boolean;
  readonly requestId: string;
  readonly files: readonly (
    | {
        readonly success: true;
        readonly name: string;
        readonly image: Image;
      }
    | {
        readonly success: false;
        readonly name: string;
        readonly error: Problem;
      }
  )[];
};

export type Image = {
  readonly id: string;
  readonly project: string;
  /** What people call it. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly format: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  /** What the malware scan said. */
  readonly scan: "off" | "clean" | "unscanned";
  readonly temporary: boolean;
  /** A blurred placeholder in base64. */
  readonly thumbhash?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Where its original is. */
  readonly url: string;
  readonly thumbnailUrl: string;
  /** What its header, EXIF, IPTC and XMP say of the original. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly facts: Facts;
  readonly versions: readonly {
    /** 0 is the thumbnail, 1 the original; results follow. */
    readonly number: number;
    readonly name: string;
    readonly format: string;
    readonly mediaType: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly sha256: string;
    /** How a result was made. */
    readonly recipe?: unknown;
    readonly createdAt: string;
    readonly url: string;
  }[];
};

export type ImageList = {
  readonly images: readonly ImageSummary[];
  /** Gives the next page; left out on the last. */
  readonly nextCursor?: string;
};

export type ImageSummary = {
  readonly id: string;
  readonly project: string;
  /** What people call it. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly format: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  /** What the malware scan said. */
  readonly scan: "off" | "clean" | "unscanned";
  readonly temporary: boolean;
  /** A blurred placeholder in base64. */
  readonly thumbhash?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Where its original is. */
  readonly url: string;
  readonly thumbnailUrl: string;
};

/** Work, its state, and what became of it. */
export type Job = {
  readonly id: string;
  readonly kind: string;
  /** Whose work it is: projects take turns. */
  readonly project: string;
  /** The batch that it is a part of. */
  readonly parentId?: string;
  readonly state: "queued" | "running" | "succeeded" | "failed" | "canceled";
  readonly priority: "urgent" | "high" | "normal" | "low";
  readonly progress: {
    readonly percent: number;
    /** What is being done. */
    readonly stage?: string;
  };
  /** What came of it, as its kind describes. */
  readonly result?: unknown;
  /** Why it failed, or why its last run did, if it is to be tried again. */
  readonly error?: JobError;
  /** How often it was begun. */
  readonly attempts: number;
  /** Counts the changes. */
  readonly revision: number;
  /** Not begun before. */
  readonly runAt?: string;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly updatedAt: string;
};

export type JobError = {
  /** The class of the failure. */
  readonly kind:
    | "invalid_input"
    | "unsupported"
    | "limit_exceeded"
    | "not_found"
    | "forbidden"
    | "processing"
    | "upstream"
    | "unavailable"
    | "configuration"
    | "internal";
  /** Stable and dotted: what programs branch on. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
  /** Whether the same job may succeed later. */
  readonly retryable: boolean;
};

export type ProjectList = {
  readonly projects: readonly Project[];
};

export type Project = {
  readonly name: string;
  readonly pictures: number;
  /** Of the pictures' originals. */
  readonly bytes: number;
  /** How long temporary pictures stay; null is what the settings say. */
  readonly temporaryMs: number | null;
  /** How long results stay as versions; null is for ever. */
  readonly outputsMs: number | null;
};

export type VariationFailure = {
  readonly code: string;
  /** What is wrong and what to do. */
  readonly detail: string;
  readonly retryable?: true;
};

export type GenerateAnswer = {
  readonly requestId: string;
  readonly images: readonly {
    readonly mediaType: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    /** How the picture came to be: final prompt, model, seed, tokens, cost. */
    readonly generation: {
      readonly generator: string;
      readonly model: string;
      readonly prompt: string;
    };
    /** Where it is stored, when a key was given. */
    readonly key?: string;
    readonly url?: string;
    /** The picture, when no key was given. */
    readonly base64?: string;
  }[];
  /** Why pictures are missing, where some are. */
  readonly failures: readonly VariationFailure[];
  readonly warnings: readonly string[];
};

export type JobPage = {
  readonly jobs: readonly Job[];
  /** Leads to the next page; absent on the last. */
  readonly nextCursor?: string;
};

export type Catalog = {
  readonly steps: readonly {
    readonly name: string;
    readonly summary: string;
    /** Its options as JSON Schema, with defaults and ranges. */
    readonly schema: Readonly<Record<string, unknown>>;
    /** Options that work. */
    readonly examples: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly formats: readonly {
    readonly name: string;
    readonly summary: string;
    /** Its options as JSON Schema, with defaults and ranges. */
    readonly schema: Readonly<Record<string, unknown>>;
    /** Options that work. */
    readonly examples: readonly Readonly<Record<string, unknown>>[];
    readonly mediaType: string;
    readonly alpha: boolean;
  }[];
  readonly presets: readonly {
    readonly name: string;
    readonly summary: string;
    /** Its options as JSON Schema, with defaults and ranges. */
    readonly schema: Readonly<Record<string, unknown>>;
    /** Options that work. */
    readonly examples: readonly Readonly<Record<string, unknown>>[];
    /** What it stands for with its defaults. */
    readonly content: {
      readonly steps: readonly Readonly<Record<string, unknown>>[];
      readonly variants: readonly {
        readonly name: string;
        readonly steps: readonly Readonly<Record<string, unknown>>[];
        readonly output: Readonly<Record<string, unknown>>;
      }[];
    };
  }[];
  /** How pictures are made from words. */
  readonly generation: {
    /** What a request for pictures may say. */
    readonly schema: Readonly<Record<string, unknown>>;
    /** Those that have what they need. */
    readonly generators: readonly string[];
  };
};

/** How the service is doing: counts since its process began. */
export type Glance = {
  readonly at: string;
  /** How long this process counts already. */
  readonly sinceSeconds: number;
  readonly images: {
    readonly succeeded: number;
    readonly failed: number;
    readonly running: number;
    readonly waiting: number;
    readonly bytesWritten: number;
    readonly seconds: {
      /** Null before the first. */
      readonly median: number | null;
      /** Null before the first. */
      readonly p95: number | null;
    };
  };
  readonly requests: {
    readonly answered: number;
    /** Those of status 4xx. */
    readonly refused: number;
    /** Those of status 5xx. */
    readonly failed: number;
    readonly seconds: {
      /** Null before the first. */
      readonly median: number | null;
      /** Null before the first. */
      readonly p95: number | null;
    };
  };
  readonly jobs: {
    readonly queued: number;
    readonly running: number;
    /** How long the first in the queue has waited. */
    readonly oldestSeconds: number;
    /** By how they ended. */
    readonly ended: Readonly<Record<string, number>>;
    readonly retries: number;
  };
  readonly caches: readonly {
    readonly name: string;
    readonly hits: number;
    readonly misses: number;
  }[];
  readonly generators: readonly {
    readonly name: string;
    readonly calls: number;
    readonly failures: number;
    readonly costUsd: number;
  }[];
  /** Verdicts of the malware scan. */
  readonly scans: Readonly<Record<string, number>>;
};

export type Readiness = {
  readonly status: "ready" | "degraded" | "down";
  readonly dependencies: readonly {
    readonly name: string;
    readonly state: "up" | "degraded" | "down";
    readonly latencyMs: number;
    readonly message?: string;
  }[];
};

/** The closed list of ways in which work can fail; apps map each to an HTTP status and an exit code. */
export const errorKinds = [
  "invalid_input",
  "unsupported",
  "limit_exceeded",
  "not_found",
  "forbidden",
  "processing",
  "upstream",
  "unavailable",
  "configuration",
] as const;

/** One of {@link errorKinds}. */
export type ErrorKind = (typeof errorKinds)[number];

/** What a {@link TintypeError} is made of. */
export interface TintypeErrorOptions {
  readonly kind: ErrorKind;
  /** Stable and dotted, such as `storage.not_found`: what programs branch on. */
  readonly code: `${string}.${string}`;
  /** Safe to show to whoever sent the request: says what to do, holds no secret, path or stack. */
  readonly message: string;
  /** Plain data about the failure, as safe to show as the message. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Whether the same call may succeed later; `false` when left out. */
  readonly retryable?: boolean;
  /** How long to wait before the next try, where the other side said so. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const brand = Symbol.for("@tintype/error");

/** The one error that Tintype packages throw on purpose; recognise it with {@link isTintypeError}. */
export class TintypeError extends Error {
  override readonly name = "TintypeError";
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(options: TintypeErrorOptions) {
    super(options.message, "cause" in options ? { cause: options.cause } : undefined);
    this.kind = options.kind;
    this.code = options.code;
    this.details = options.details ?? {};
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether a value is a {@link TintypeError}, also one from another copy of this package. */
export function isTintypeError(value: unknown): value is TintypeError {
  return typeof value === "object" && value !== null && brand in value;
}

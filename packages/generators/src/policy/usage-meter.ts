import type { TokenUse } from "../image-generator.ts";

/** One request to a service. */
export interface ServiceCall {
  readonly service: string;
  /** `ok`, or the code of what failed. */
  readonly outcome: string;
  readonly durationMs: number;
  /** In USD, where the call cost something. */
  readonly cost?: number | undefined;
  /** Where the service counts them. */
  readonly tokens?: TokenUse | undefined;
}

/** What a service was used for since the process started. */
export interface ServiceUsage {
  readonly requests: number;
  readonly failures: number;
  /** Calls that were answered from what was kept. */
  readonly cacheHits: number;
  /** In USD, estimated where the service does not say it. */
  readonly cost: number;
}

/** Counts requests to services; metrics and reports read it. */
export interface UsageMeter {
  record(call: ServiceCall): void;
  recordCacheHit(service: string): void;
  /** By the service's name. */
  read(): Readonly<Record<string, ServiceUsage>>;
}

const unused: ServiceUsage = { requests: 0, failures: 0, cacheHits: 0, cost: 0 };

/** Makes a meter; `onCall` hears of every request too. */
export function createUsageMeter(onCall: (call: ServiceCall) => void = () => {}): UsageMeter {
  const usage = new Map<string, ServiceUsage>();
  const of = (service: string) => usage.get(service) ?? unused;
  return {
    record(call) {
      const { requests, failures, cost, ...rest } = of(call.service);
      usage.set(call.service, {
        ...rest,
        requests: requests + 1,
        failures: failures + (call.outcome === "ok" ? 0 : 1),
        cost: cost + (call.cost ?? 0),
      });
      onCall(call);
    },
    recordCacheHit(service) {
      usage.set(service, { ...of(service), cacheHits: of(service).cacheHits + 1 });
    },
    read: () => Object.fromEntries(usage),
  };
}

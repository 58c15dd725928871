import { createPostgresBackend, Queue, Worker, type Processor, type WorkerOptions } from "bullmq";

/** Where BullMQ keeps its queue: a Redis, or a schema of its own in a PostgreSQL. */
export type BullPlace =
  | { readonly redisUrl: string }
  | { readonly databaseUrl: string; readonly maxConnections?: number | undefined };

/** What is used of a queue, which is the same in both places. */
export type BullQueue = Pick<
  Queue,
  "addBulk" | "getJob" | "getJobCounts" | "remove" | "close" | "waitUntilReady"
> & {
  on(event: "error", listener: (error: Error) => void): unknown;
};

/** What is used of a worker. */
export interface BullWorker {
  close(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** Opens a queue; a command to a Redis that is away fails at once, and to a silent one soon, as the record is there for later. */
export function openQueue(name: string, place: BullPlace): BullQueue {
  if ("redisUrl" in place) {
    const connection = {
      url: place.redisUrl,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 3000,
    };
    return new Queue(name, { connection });
  }
  return new Queue(name, { connection: postgresConnection(place) }, createPostgresBackend);
}

/** Starts a worker. */
export function openWorker(
  name: string,
  place: BullPlace,
  process: Processor,
  options: Omit<WorkerOptions, "connection">,
): BullWorker {
  if ("redisUrl" in place) {
    const connection = { url: place.redisUrl, maxRetriesPerRequest: null };
    return new Worker(name, process, { ...options, connection });
  }
  const connection = postgresConnection(place);
  return new Worker(name, process, { ...options, connection }, createPostgresBackend);
}

function postgresConnection({
  databaseUrl,
  maxConnections = 5,
}: Extract<BullPlace, { readonly databaseUrl: string }>) {
  return {
    connectionString: databaseUrl,
    schema: "tintype_bullmq",
    migrate: true,
    max: maxConnections,
  };
}

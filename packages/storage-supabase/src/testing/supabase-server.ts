import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Stored {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly metadata: unknown;
  readonly eTag: string;
  readonly time: string;
}

/** What requests ask for in JSON, each its own part of it. */
interface Asked {
  readonly expiresIn: number;
  readonly prefixes: readonly string[];
  readonly sourceKey: string;
  readonly destinationKey: string;
  readonly prefix: string;
  readonly limit: number;
  readonly offset: number;
}

type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** Supabase Storage in memory, with one bucket: it answers in the shapes that were recorded of the real one. */
export class SupabaseServer implements AsyncDisposable {
  /** The key that opens it. */
  readonly key = "a-service-key";
  readonly objects: Map<string, Stored> = new Map();
  /** Answers before anything else, where a test wants a failure. */
  intercept: ((method: string, path: string) => Answer | undefined) | undefined;
  readonly #tokens = new Map<string, { readonly path: string; readonly until: number }>();
  readonly #server: Server = createServer((request, response) => {
    // A test's own failure ends the connection.
    this.#respond(request, response).catch(() => response.destroy());
  });

  /** Listens on a free port until it is disposed of. */
  static async start(): Promise<SupabaseServer> {
    const server = new SupabaseServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  /** The address that a client is given. */
  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, body, headers] = await this.#answer(request);
    const isBytes = body instanceof Uint8Array;
    const type = isBytes ? {} : { "content-type": "application/json" };
    response.writeHead(status, { ...type, ...headers });
    response.end(isBytes ? body : JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method = "", headers } = request;
    const url = new URL(request.url ?? "/", this.url);
    const path = decodeURIComponent(url.pathname);
    const intercepted = this.intercept?.(method, path);
    if (intercepted !== undefined) return intercepted;
    const token = url.searchParams.get("token");
    if (token !== null) return this.#answerSigned(request, path, token);
    if (headers.authorization !== `Bearer ${this.key}`)
      return failure(403, "Unauthorized", "signature verification failed");
    const body = Buffer.concat(await request.toArray());
    const json = () => JSON.parse(body.toString()) as Asked;
    const at = (start: string) => path.slice(start.length);

    if (path === "/bucket/cars") return [200, { id: "cars", name: "cars", public: true }];
    if (path.startsWith("/bucket/")) return failure(404, "Bucket not found", "Bucket not found");
    if (path.startsWith("/object/info/cars/")) return this.#info(at("/object/info/cars/"));
    if (path.startsWith("/object/sign/cars/"))
      return this.#sign(at("/object/sign/cars/"), "/object/sign", json().expiresIn);
    if (path.startsWith("/object/upload/sign/cars/"))
      return [
        200,
        { url: this.#token(at("/object/upload/sign/cars/"), "/object/upload/sign", 7200) },
      ];
    if (path === "/object/list/cars") return this.#list(json());
    if (path === "/object/copy") return this.#copy(json(), headers["x-upsert"] === "true");
    if (path === "/object/cars" && method === "DELETE") {
      for (const name of json().prefixes) this.objects.delete(name);
      return [200, []];
    }
    if (path.startsWith("/object/cars/") && method === "POST")
      return this.#put(at("/object/cars/"), body, headers);
    return failure(404, "not_found", `No ${method} ${path}`);
  }

  async #answerSigned(request: IncomingMessage, path: string, token: string): Promise<Answer> {
    const signed = this.#tokens.get(token);
    if (signed?.path !== path || signed.until < Date.now())
      return failure(400, "InvalidJWT", "jwt expired");
    const name = path.split("/cars/")[1] ?? "";
    if (request.method === "PUT")
      return this.#put(name, Buffer.concat(await request.toArray()), request.headers);
    return this.#get(name, request.headers.range);
  }

  #put(name: string, bytes: Buffer, headers: IncomingMessage["headers"]): Answer {
    // The characters that the real service takes.
    if (!/^[\w/!.*'() &$@=;:+,?-]+$/u.test(name)) return failure(400, "InvalidKey", "Invalid key");
    if (headers["x-upsert"] !== "true" && this.objects.has(name))
      return failure(409, "Duplicate", "The resource already exists");
    const given = String(headers["x-metadata"] ?? "bnVsbA==");
    this.objects.set(name, {
      bytes,
      contentType: headers["content-type"] ?? "text/plain",
      cacheControl: headers["cache-control"] ?? "no-cache",
      metadata: JSON.parse(Buffer.from(given, "base64").toString()) as unknown,
      eTag: `"${createHash("md5").update(bytes).digest("hex")}"`,
      time: new Date().toISOString(),
    });
    return [200, { Id: randomUUID(), Key: `cars/${name}` }];
  }

  #get(name: string, range: string | undefined): Answer {
    const object = this.objects.get(name);
    if (object === undefined) return notFound();
    const headers = { etag: object.eTag, "content-type": object.contentType };
    const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(range ?? "") ?? [];
    if (first === undefined) return [200, object.bytes, headers];
    const part = object.bytes.subarray(Number(first), Number(last) + 1);
    const place = `bytes ${first}-${String(last)}/${String(object.bytes.length)}`;
    return [206, part, { ...headers, "content-range": place }];
  }

  #info(name: string): Answer {
    const object = this.objects.get(name);
    if (object === undefined) return notFound();
    const { bytes, contentType, cacheControl, metadata, eTag, time } = object;
    const answer = { id: randomUUID(), name, version: randomUUID(), bucket_id: "cars", metadata };
    const about = { size: bytes.length, content_type: contentType, cache_control: cacheControl };
    return [200, { ...answer, ...about, etag: eTag, last_modified: time, created_at: time }];
  }

  #sign(name: string, route: string, expiresIn: number): Answer {
    if (!this.objects.has(name)) return notFound();
    return [200, { signedURL: this.#token(name, route, expiresIn) }];
  }

  #token(name: string, route: string, expiresIn: number): string {
    const token = randomUUID();
    const path = `${route}/cars/${name}`;
    this.#tokens.set(token, { path, until: Date.now() + expiresIn * 1000 });
    return `${path}?token=${token}`;
  }

  #copy({ sourceKey, destinationKey }: Asked, isUpsert: boolean): Answer {
    const object = this.objects.get(sourceKey);
    if (object === undefined) return notFound();
    if (!isUpsert && this.objects.has(destinationKey))
      return failure(409, "Duplicate", "The resource already exists");
    this.objects.set(destinationKey, { ...object, time: new Date().toISOString() });
    return [200, { Id: randomUUID(), Key: `cars/${destinationKey}` }];
  }

  /** One level of folders, as the real service lists; a folder is an entry without an id. */
  #list({ prefix, limit, offset }: Asked): Answer {
    const start = prefix === "" ? "" : `${prefix}/`;
    const entries = new Map<string, unknown>();
    for (const [path, object] of this.objects) {
      if (!path.startsWith(start)) continue;
      const [name = "", ...below] = path.slice(start.length).split("/");
      const { bytes, eTag, contentType, time } = object;
      const metadata = { eTag, size: bytes.length, mimetype: contentType, lastModified: time };
      const isFolder = below.length > 0;
      if (isFolder) entries.set(`${name}/`, { name, id: null, updated_at: null, metadata: null });
      else entries.set(name, { name, id: randomUUID(), updated_at: time, metadata });
    }
    const sorted = [...entries.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    const page = sorted.slice(offset, offset + limit);
    return [200, page.map((name) => entries.get(name))];
  }
}

/** As the real service fails: with 400 for all, and the right status in the body. */
function failure(status: number, error: string, message: string): Answer {
  return [400, { statusCode: String(status), error, message }];
}

function notFound(): Answer {
  return failure(404, "not_found", "Object not found");
}

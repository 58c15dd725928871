import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a registry tells of a package: its versions and which of them a tag names. */
export interface PublishedPackage {
  readonly name: string;
  readonly "dist-tags": Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, { readonly dist: { tarball: string } }>>;
}

/** What a client sends to publish a version: the same, and the tarball by file name. */
interface Publication extends PublishedPackage {
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
}

/** A package registry in memory on the loopback interface: enough to publish to and to install from. */
export class LoopbackRegistry implements AsyncDisposable {
  readonly packages: Map<string, PublishedPackage> = new Map();
  readonly #tarballs = new Map<string, Buffer>();
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request).then(
      ([status, body]) => response.writeHead(status).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });

  /** Listens on a free port until it is disposed of. */
  static async start(): Promise<LoopbackRegistry> {
    const registry = new LoopbackRegistry();
    registry.#server.listen(0, "127.0.0.1");
    await once(registry.#server, "listening");
    return registry;
  }

  /** The registry's address, ending in a slash. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #answer(request: IncomingMessage): Promise<[status: number, body: string | Buffer]> {
    if (request.method === "PUT") {
      this.#publish(JSON.parse(Buffer.concat(await request.toArray()).toString()) as Publication);
      return [201, "{}"];
    }
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    const found = this.packages.get(path);
    const body = found ? JSON.stringify(found) : this.#tarballs.get(path);
    return body === undefined ? [404, "{}"] : [200, body];
  }

  #publish({ _attachments: attachments, ...sent }: Publication): void {
    for (const [file, { data }] of Object.entries(attachments)) {
      this.#tarballs.set(`${sent.name}/-/${basename(file)}`, Buffer.from(data, "base64"));
    }
    for (const { dist } of Object.values(sent.versions)) {
      dist.tarball = `${this.url}${sent.name}/-/${basename(dist.tarball)}`;
    }
    const earlier = this.packages.get(sent.name);
    this.packages.set(sent.name, {
      name: sent.name,
      versions: { ...earlier?.versions, ...sent.versions },
      "dist-tags": { ...earlier?.["dist-tags"], ...sent["dist-tags"] },
    });
  }
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

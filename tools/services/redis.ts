import type { Service } from "./service.ts";

/** A Redis server that writes every command down, as one that holds a queue must, below the ground's folder. */
export const redis: Service = {
  name: "redis",
  packages: ["redis-server"],

  async start(ground) {
    const port = String(await ground.freePort());
    const settings = {
      port,
      bind: "127.0.0.1",
      save: "",
      appendonly: "yes",
      dir: ground.makeFolder("data"),
      "maxmemory-policy": "noeviction",
    };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    ground.start("redis-server", ...words);
    const ping = async () => ground.run("redis-cli", "-p", port, "ping");
    await ground.waitFor("redis", async () => (await ping()).startsWith("PONG"));
    return { TEST_REDIS_URL: `redis://127.0.0.1:${port}` };
  },
};

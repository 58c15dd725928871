import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Service } from "./service.ts";

const installed = "/usr/lib/postgresql";

/** A PostgreSQL server that keeps nothing: its data go when it ends, and it never waits for a disk. */
export const postgres: Service = {
  name: "postgres",
  packages: ["postgresql"],

  async start(ground) {
    const [version = ""] = readdirSync(installed).toSorted((a, b) => Number(b) - Number(a));
    const program = (name: string) => join(installed, version, "bin", name);
    const data = ground.makeFolder("data");
    const port = String(await ground.freePort());
    const asTest = ["--username=test", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"];
    await ground.run(program("initdb"), ...asTest, "--no-sync", `--pgdata=${data}`);
    const settings = [
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      `unix_socket_directories=${ground.folder}`,
      "fsync=off",
      "max_connections=200",
    ].flatMap((setting) => ["-c", setting]);
    ground.start(program("postgres"), "-D", data, ...settings);
    const address = ["--host=127.0.0.1", `--port=${port}`];
    await ground.waitFor("postgres", async () =>
      (await ground.run(program("pg_isready"), ...address)).includes("accepting"),
    );
    return { TEST_POSTGRES_URL: `postgres://test@127.0.0.1:${port}/postgres` };
  },
};

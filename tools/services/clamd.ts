import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { Service } from "./service.ts";

// In two parts, so that no scanner takes this very file for what it spells.
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];

/** A clamd that knows the EICAR test file at any place in a file, and reads streams of at most 25 MB. */
export const clamd: Service = {
  name: "clamd",
  packages: ["clamav-daemon"],

  async start(ground) {
    const database = ground.makeFolder("database");
    const signature = Buffer.from(eicar.join("")).toString("hex");
    writeFileSync(join(database, "local.ndb"), `Test.Eicar.Body:0:*:${signature}\n`);
    const [port, socket] = [String(await ground.freePort()), join(ground.folder, "clamd.sock")];
    const settings = {
      Foreground: "yes",
      DatabaseDirectory: database,
      OfficialDatabaseOnly: "no",
      TemporaryDirectory: ground.makeFolder("temporary"),
      LocalSocket: socket,
      TCPSocket: port,
      TCPAddr: "127.0.0.1",
      StreamMaxLength: "25M",
      MaxThreads: "4",
      SelfCheck: "0",
    };
    const lines = Object.entries(settings).map((entry) => `${entry.join(" ")}\n`);
    const file = join(ground.folder, "clamd.conf");
    writeFileSync(file, lines.join(""));
    ground.start("clamd", `--config-file=${file}`);
    await ground.waitFor("clamd", async () => (await ping(Number(port))) === "PONG\n");
    return { TEST_CLAMD_PORT: port, TEST_CLAMD_SOCKET: socket, TEST_CLAMD_DATABASE: database };
  },
};

async function ping(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write("PING\n");
  return text(socket);
}

/** ipx as a server over a folder: `ipx-server.ts FOLDER`; prints its address. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { createIPX, createIPXNodeServer, ipxFSStorage } from "ipx";

const [dir = "."] = process.argv.slice(2);
const answer = createIPXNodeServer(createIPX({ storage: ipxFSStorage({ dir }) }));
const server = createServer(answer);
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

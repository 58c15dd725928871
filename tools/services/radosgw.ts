import { randomBytes, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Ground } from "./ground.ts";
import type { Service } from "./service.ts";

/** The S3 gateway of Ceph over one storage daemon in memory: it verifies every signature. */
export const radosgw: Service = {
  name: "radosgw",
  packages: ["radosgw", "ceph-mon", "ceph-osd", "ceph-common"],

  async start(ground) {
    const [monitorPort, port] = [await ground.freePort(), await ground.freePort()];
    const configuration = join(ground.folder, "ceph.conf");
    const fsid = randomUUID();
    writeFileSync(configuration, configurationOf(ground, { fsid, monitorPort, port }));
    const ceph = (program: string, ...words: readonly string[]) =>
      ground.run(program, "-c", configuration, ...words);

    await startMonitor(ground, ceph, configuration, { fsid, monitorPort });
    await startDisk(ground, ceph, configuration);

    const keys = { id: randomBytes(10).toString("hex"), secret: randomBytes(20).toString("hex") };
    const user = ["--uid=test", "--display-name=test", `--access-key=${keys.id}`];
    const asAdmin = ["-n", "client.admin"];
    await ceph("radosgw-admin", ...asAdmin, "user", "create", ...user, `--secret=${keys.secret}`);

    ground.start("radosgw", "-c", configuration, ...asAdmin, "-f");
    const endpoint = `http://127.0.0.1:${String(port)}`;
    await ground.waitFor("radosgw", async () => (await fetch(endpoint)).ok);
    return {
      TEST_S3_ENDPOINT: endpoint,
      TEST_S3_ACCESS_KEY_ID: keys.id,
      TEST_S3_SECRET_ACCESS_KEY: keys.secret,
    };
  },
};

type Run = (program: string, ...words: readonly string[]) => Promise<string>;

async function startMonitor(
  ground: Ground,
  ceph: Run,
  configuration: string,
  { fsid, monitorPort }: { readonly fsid: string; readonly monitorPort: number },
): Promise<void> {
  const [map, keyring] = ["monmap", "keyring"].map((name) => join(ground.folder, name)) as [
    string,
    string,
  ];
  const address = `[v2:127.0.0.1:${String(monitorPort)}]`;
  await ground.run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", address, map);
  const all = ["mon", "osd", "mgr"].flatMap((daemon) => ["--cap", daemon, "allow *"]);
  const create = ["--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon"];
  await ground.run("ceph-authtool", ...create, "allow *");
  await ground.run("ceph-authtool", keyring, "--gen-key", "-n", "client.admin", ...all);
  await ceph("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", keyring);
  ground.start("ceph-mon", "-c", configuration, "-i", "a", "-f");
  await ground.waitFor("ceph-mon", async () =>
    (await ceph("ceph", "--connect-timeout", "5", "mon", "stat")).includes("leader"),
  );
}

async function startDisk(ground: Ground, ceph: Run, configuration: string): Promise<void> {
  const id = randomUUID();
  const keyring = join(ground.folder, "osd", "keyring");
  await ceph("ceph", "osd", "new", id, "0");
  const rights = ["mon", "osd", "mgr"].flatMap((daemon) => [daemon, "allow *"]);
  await ceph("ceph", "auth", "get-or-create", "osd.0", ...rights, "-o", keyring);
  await ceph("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", id);
  ground.start("ceph-osd", "-c", configuration, "-i", "0", "-f");
  await ground.waitFor("ceph-osd", async () =>
    (await ceph("ceph", "osd", "stat")).includes("1 up"),
  );
}

function configurationOf(
  ground: Ground,
  {
    fsid,
    monitorPort,
    port,
  }: { readonly [name in "monitorPort" | "port"]: number } & {
    readonly fsid: string;
  },
): string {
  const path = (name: string) => join(ground.folder, name);
  for (const name of ["run", "crash", "mon", "osd", "rgw"]) ground.makeFolder(name);
  return `
[global]
fsid = ${fsid}
mon host = v2:127.0.0.1:${String(monitorPort)}
# Without authentication the gateway hangs.
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon data avail crit = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
# Brings the start from 13 seconds to 2.
paxos propose interval = 0.02
paxos min wait = 0.01
keyring = ${path("keyring")}
run dir = ${path("run")}
log file = ${path("$name.log")}
admin socket = ${path("run/$name.asok")}
pid file = ${path("run/$name.pid")}
crash dir = ${path("crash")}
mon data = ${path("mon")}
osd data = ${path("osd")}
rgw data = ${path("rgw")}

[client]
rgw frontends = beast endpoint=127.0.0.1:${String(port)}
rgw enable gc threads = false
rgw enable lc threads = false
rgw enable usage log = false
rgw enable ops log = false
rgw run sync thread = false
rgw crypt require ssl = false

[osd]
keyring = ${path("osd/keyring")}
`;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { onTestFinished } from "vitest";

import { freePort } from "./free-port.ts";

/** Starts the nginx that `TEST_NGINX` names, with what goes into its `http` block, and gives its address; it ends with the test. */
export async function startNginx(http: (port: number, folder: string) => string): Promise<string> {
  const program = process.env["TEST_NGINX"];
  if (program === undefined)
    throw new Error("TEST_NGINX is not set: run this amid tools/services.");
  const folder = mkdtempSync(join(tmpdir(), "tintype-nginx-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  writeFileSync(join(folder, "nginx.conf"), configuration(http(port, folder)));
  const words = ["-p", folder, "-c", "nginx.conf", "-e", "error.log"];
  const server = spawn(program, words, { stdio: "ignore" });
  const ended = once(server, "exit");
  onTestFinished(async () => {
    server.kill();
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).then(Boolean, () => false))) {
    if (server.exitCode !== null) throw new Error("nginx ended before it listened.");
    await sleep(20);
  }
  return url;
}

/** All that nginx writes lies below its own folder, and it stays in the foreground. */
function configuration(http: string): string {
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${name};`,
  );
  return `daemon off; pid nginx.pid; worker_processes 1; ${process.getuid?.() === 0 ? "user root;" : ""}
events { worker_connections 512; }
http { access_log off; ${folders.join(" ")}
${http}
}
`;
}

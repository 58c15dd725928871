import { spawnSync } from "node:child_process";

/** Installs those of the Debian packages that are missing; throws with what the system said. */
export function installPackages(packages: readonly string[]): void {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  process.stderr.write(`Installing ${missing.join(", ")}.\n`);
  runAsRoot("apt-get", "update", "--quiet=2");
  runAsRoot("apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", ...missing);
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync("dpkg-query", ["--show", "--showformat=${Status}", name], {
    encoding: "utf8",
  });
  return stdout === "install ok installed";
}

function runAsRoot(...words: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const [program = "", ...rest] = isRoot ? words : ["sudo", "--non-interactive", ...words];
  const { status, error, stdout, stderr } = spawnSync(program, rest, {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    // A package that starts its own server would take the port and the data of somebody.
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  });
  if (status === 0) return;
  throw new Error(`${words.join(" ")} failed: ${error?.message ?? `${stdout}${stderr}`}`);
}

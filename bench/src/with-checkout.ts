import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Builds a revision in a folder of its own while `use` runs, and leaves nothing of it. */
export async function withCheckout<Result>(
  repository: string,
  revision: string,
  use: (checkout: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "tintype-bench-checkout-"));
  const checkout = join(folder, "repository");
  await run("git", ["worktree", "add", "--detach", checkout, revision], { cwd: repository });
  try {
    const pnpm = (...options: string[]) => run("pnpm", options, { cwd: checkout });
    // An old revision's lock file may not be quite up to date, and nobody keeps what is written here.
    await pnpm("install", "--no-frozen-lockfile", "--prefer-offline");
    await pnpm("exec", "turbo", "run", "build", "--output-logs=errors-only");
    return await use(checkout);
  } finally {
    await run("git", ["worktree", "remove", "--force", checkout], { cwd: repository });
    await rm(folder, { recursive: true, force: true });
  }
}

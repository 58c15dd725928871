/** Replaces this process by a fresh one of the same id; where the system can't, it ends, for whoever watches over it to start again. */
export function startAfresh(): void {
  if (process.execve === undefined || process.platform === "win32") process.exit();
  process.execve(
    process.execPath,
    [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    process.env,
  );
}

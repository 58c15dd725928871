import type { Ground } from "./ground.ts";

/** A real server that tests talk to: the file that declares it says all about it. */
export interface Service {
  readonly name: string;
  /** The Debian packages that bring its programs. */
  readonly packages: readonly string[];
  /** Starts it on the loopback interface with all its data below the ground's folder, waits until it answers, and gives the variables that lead tests to it. */
  start(ground: Ground): Promise<Readonly<Record<string, string>>>;
}

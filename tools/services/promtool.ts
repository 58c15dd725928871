import type { Service } from "./service.ts";

/** Prometheus' own checker of metrics and rules: a program that tests run, not a server. */
export const promtool: Service = {
  name: "promtool",
  packages: ["prometheus"],

  async start(ground) {
    await ground.run("promtool", "--version");
    return { TEST_PROMTOOL: "promtool" };
  },
};

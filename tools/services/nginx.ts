import type { Service } from "./service.ts";

/** nginx as Debian has it: a program that tests start with a configuration of their own. */
export const nginx: Service = {
  name: "nginx",
  packages: ["nginx-light"],

  async start(ground) {
    await ground.run("/usr/sbin/nginx", "-v");
    return { TEST_NGINX: "/usr/sbin/nginx" };
  },
};

import type { Service } from "./service.ts";

/** Chromium without a window: a program that tests drive, not a server. */
export const chromium: Service = {
  name: "chromium",
  packages: ["chromium-headless-shell"],

  async start(ground) {
    await ground.run("chromium-headless-shell", "--no-sandbox", "--version");
    return { TEST_CHROMIUM: "/usr/bin/chromium-headless-shell" };
  },
};

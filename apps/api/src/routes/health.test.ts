import { expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { formOf, problemIn, testApp } from "../testing/test-app.ts";

test("a service that is alive says so, and how much it has in work", async () => {
  const { request, runtime } = await testApp();
  const leave = await runtime.pipeline.admission.enter(12);
  const response = await request("/health");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: "healthy",
    work: { running: 1, waiting: 0, pixels: 12 },
  });
  leave();
});

// Not even root may make a folder there.
test.skipIf(process.platform !== "linux")(
  "a service whose storage can't be written says so, and refuses pictures by a typed error",
  async () => {
    const { request, process: send } = await testApp({ DATA_DIR: "/sys/tintype" });
    expect((await request("/health")).status).toBe(200);
    const response = await request("/ready");
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(text).not.toContain("/sys");
    expect(JSON.parse(text)).toMatchObject({
      status: "down",
      dependencies: [
        { name: "storage", state: "down" },
        { name: "database", state: "down" },
        { name: "queue", state: "degraded" },
      ],
    });

    const refused = await send(formOf({ image: await cutout() }));
    expect(await refused.clone().text()).not.toMatch(/\/sys|\bat /u);
    expect((await problemIn(refused)).code).toMatch(/^storage\./u);
  },
);

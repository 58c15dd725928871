import { expect, test } from "vitest";

import { problemIn, testApp } from "./testing/test-app.ts";

test("the page names only files that this service has, each with its type", async () => {
  const { request } = await testApp();
  const page = await request("/docs");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  const links = [...(await page.text()).matchAll(/(?:src|href)="([^"]*)"/gu)].map(([, at]) => at);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) {
    expect(link).toMatch(/^\/docs\/[\w.-]+$/u);
    const file = await request(link ?? "");
    expect([file.status, (await file.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    expect(file.headers.get("content-type")).toMatch(/^(?:text\/(?:css|javascript)|image\/png)/u);
  }
});

test.each(["none.js", "package.json", "..%2fpackage.json", "index.html", "swagger-ui.js.map"])(
  "nothing else of the package is served, such as %s",
  async (name) => {
    const { request } = await testApp();
    expect(await problemIn(await request(`/docs/${name}`))).toMatchObject({ status: 404 });
  },
);

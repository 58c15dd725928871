import { jobSchema, type Job } from "@tintype/jobs";
import { describe, expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { problemIn, testApp, type TestApp } from "../testing/test-app.ts";

const path = "/api/v1/jobs";
const variants = [
  { name: "small", steps: [{ step: "resize", width: 16 }], output: { format: "png" } },
];

async function submit(app: TestApp, body: object, headers: Record<string, string> = {}) {
  return app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function processJob() {
  const source = { kind: "bytes", data: (await cutout()).toString("base64") };
  return { kind: "process", input: { source, variants } };
}

/** A job as the API gives it, held to the schema that documents it. */
async function jobIn(response: Response): Promise<Job> {
  return jobSchema.parse(await response.json());
}

/** The jobs that server-sent events tell of, each event with the job's revision as its id. */
function jobsIn(text: string): readonly Job[] {
  const events = [...text.matchAll(/^id: (\d+)\nevent: job\ndata: (.+)$/gmu)];
  return events.map(([, id, data]) => {
    const job = jobSchema.parse(JSON.parse(data ?? ""));
    expect(String(job.revision)).toBe(id);
    return job;
  });
}

describe("a job", () => {
  test("is accepted with its address, and shows what became of it", async () => {
    const app = await testApp();
    const response = await submit(app, await processJob());
    expect(response.status).toBe(202);
    const accepted = await jobIn(response);
    expect(response.headers.get("location")).toBe(`${path}/${accepted.id}`);
    expect(accepted).toMatchObject({ state: "queued", kind: "process", progress: { percent: 0 } });
    await app.work();
    const done = await (await app.runtime.jobs()).wait(accepted.id, 20_000);
    const shown = await jobIn(await app.request(`${path}/${accepted.id}`));
    expect(shown).toEqual(done);
    const { variants: made } = shown.result as { variants: { url: string }[] };
    const { pathname } = new URL(made[0]?.url ?? "");
    expect((await app.request(pathname)).status).toBe(200);
    expect(app.internalErrors).toEqual([]);
  });

  test("is waited for as long as the client prefers", async () => {
    const app = await testApp();
    await app.work();
    const response = await submit(app, await processJob(), { prefer: "respond-async, wait=20" });
    expect(response.status).toBe(200);
    expect(await jobIn(response)).toMatchObject({ state: "succeeded" });
  });

  test("that comes again with the same key is the same job", async () => {
    const app = await testApp();
    const [body, key] = [await processJob(), { "idempotency-key": "once" }];
    const { id } = await jobIn(await submit(app, body, key));
    expect((await jobIn(await submit(app, body, key))).id).toBe(id);
    const other = await submit(
      app,
      { ...body, input: { ...body.input, facts: ["blurhash"] } },
      key,
    );
    expect(await problemIn(other)).toMatchObject({
      status: 422,
      code: "job.idempotency_key_reused",
    });
  });

  test("is canceled, done again, and listed", async () => {
    const app = await testApp();
    const { id } = await jobIn(await submit(app, await processJob()));
    const canceled = await app.request(`${path}/${id}`, { method: "DELETE" });
    expect(await jobIn(canceled)).toMatchObject({ state: "canceled" });
    const list = async (query: string) =>
      ((await (await app.request(path + query)).json()) as { jobs: Job[] }).jobs;
    expect(await list("?state=canceled&limit=10")).toMatchObject([{ id }]);
    expect(await list("?state=queued")).toEqual([]);
    const again = await app.request(`${path}/${id}/retry`, { method: "POST" });
    expect(again.status).toBe(202);
    expect(await jobIn(again)).toMatchObject({ state: "queued" });
    const twice = await app.request(`${path}/${id}/retry`, { method: "POST" });
    expect(await problemIn(twice)).toMatchObject({ status: 409, code: "job.not_ended" });
  });

  test("is followed to its end, and a client that returns goes on where it was", async () => {
    const app = await testApp();
    const { id, revision } = await jobIn(await submit(app, await processJob()));
    const follow = async (last?: number) =>
      app.request(`${path}/${id}/events`, {
        headers: last === undefined ? {} : { "last-event-id": String(last) },
      });
    const response = await follow();
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const [whole, rest] = [response.text(), (await follow(revision)).text()];
    await app.work();
    const seen = jobsIn(await whole);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen[0]).toMatchObject({ state: "queued", revision });
    expect(seen.at(-1)).toMatchObject({ state: "succeeded" });
    const missed = jobsIn(await rest);
    expect(missed.at(-1)).toEqual(seen.at(-1));
    expect(Math.min(...missed.map((job) => job.revision))).toBeGreaterThan(revision);
    expect(jobsIn(await (await follow(revision)).text())).toEqual([seen.at(-1)]);
    expect((await follow(seen.at(-1)?.revision)).status).toBe(204);
  });

  test("makes pictures from words", async () => {
    const app = await testApp();
    await app.work();
    const input = { prompt: "a red car", size: "thumbnail", count: 2, variants };
    const wish = { kind: "generate", input };
    const { result, id } = await jobIn(await submit(app, wish, { prefer: "wait=30" }));
    const { results } = result as { results: { variants: { key: string }[] }[] };
    expect(results.map(({ variants: [file] }) => file?.key)).toEqual([
      `outputs/${id}/small.png`,
      `outputs/${id}/variation-2.png`,
    ]);
  });

  test("is the work of the project that it names, or else of the key that it came with", async () => {
    const secret = "4fd8b3b1c2a9e7d0-internal";
    const app = await testApp({ INTERNAL_API_KEY: secret });
    const body = await processJob();
    const own = await jobIn(await submit(app, body, { "x-api-key": secret }));
    expect(own.project).toBe("key internal");
    const named = await submit(app, { ...body, project: "shop" }, { "x-api-key": secret });
    expect((await jobIn(named)).project).toBe("shop");
  });

  test("that nobody asked to be told of tells nobody", async () => {
    const app = await testApp();
    const { id } = await jobIn(await submit(app, await processJob()));
    const again = await app.request(`${path}/${id}/webhook`, { method: "POST" });
    expect(await problemIn(again)).toMatchObject({ status: 400, code: "job.no_webhook" });
  });

  test("of many parts succeeds where any of them does", async () => {
    const app = await testApp();
    await app.work();
    const { input } = await processJob();
    const broken = { source: { kind: "bytes", data: "aGVsbG8=" }, variants };
    const requests = [input, broken, input];
    const prefer = { prefer: "wait=20" };
    const response = await submit(app, { kind: "batch", input: { requests } }, prefer);
    const { id, result } = await jobIn(response);
    expect(result).toMatchObject({ total: 3, succeeded: 2, failed: 1 });
    const parts = (await (await app.request(`${path}?parent=${id}`)).json()) as { jobs: Job[] };
    const failed = parts.jobs.find(({ state }) => state === "failed");
    expect(failed).toMatchObject({ attempts: 1, error: { code: "image.unknown_type" } });
  });

  test("that is not valid is refused with every fault", async () => {
    const app = await testApp();
    const { input } = await processJob();
    for (const [body, code] of [
      [{}, "job.unknown_kind"],
      [{ kind: "webhook", input: {} }, "job.unknown_kind"],
      [{ kind: "process", input: {} }, "job.invalid"],
      [{ kind: "process", input, priority: "now" }, "job.invalid"],
      [{ kind: "process", input, webhook: "https://a.example" }, "job.webhooks_off"],
    ] as const)
      expect((await problemIn(await submit(app, body))).code).toBe(code);
    expect(await problemIn(await app.request(`${path}/nobody`))).toMatchObject({
      status: 404,
      code: "job.not_found",
    });
  });

  test("is refused when too many wait, with the time to come again", async () => {
    const app = await testApp({ JOBS_QUEUE_LIMIT: "1" });
    await submit(app, await processJob());
    const refused = await submit(app, await processJob());
    expect(refused.headers.get("retry-after")).toBe("10");
    expect(await problemIn(refused)).toMatchObject({ status: 503, code: "job.queue_full" });
  });
});

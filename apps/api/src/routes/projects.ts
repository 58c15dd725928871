import { projectSchema } from "@tintype/assets";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { parseRequest } from "../parse-request.ts";
import { readJson } from "../read-body.ts";

const day = 24 * 60 * 60 * 1000;
const age = z
  .int()
  .min(60_000)
  .max(3650 * day)
  .nullable();

const retention = {
  temporaryMs: age.describe("How long temporary pictures stay; null is what the settings say."),
  outputsMs: age.describe("How long results stay as versions; null is for ever."),
};

const rules = z
  .strictObject({
    temporaryMs: retention.temporaryMs.default(null),
    outputsMs: retention.outputsMs.default(null),
  })
  .meta({ id: "ProjectRules", example: { temporaryMs: day / 4, outputsMs: 30 * day } });

const project = z
  .object({
    name: z.string(),
    pictures: z.int(),
    bytes: z.int().describe("Of the pictures' originals."),
    ...retention,
  })
  .meta({ id: "Project" });

const answer = z.object({ projects: z.array(project) }).meta({ id: "ProjectList" });

/** Lists the projects with what they hold and how long they keep it. */
export const listProjectsRoute: RouteFactory = ({ assets }) => ({
  method: "get",
  path: "/api/v1/projects",
  operation: {
    summary: "List projects",
    tags: ["Images"],
    responses: {
      200: {
        description: "Those that have pictures, or rules of their own.",
        content: { "application/json": { schema: answer } },
      },
    },
  },
  async handle(context) {
    return context.json({ projects: await (await assets()).projects() });
  },
});

/** Sets how long a project keeps what is not for good. */
export const projectRulesRoute: RouteFactory = ({ assets }) => ({
  method: "put",
  path: "/api/v1/projects/:project{.+}",
  // What it says is deleted.
  scope: "admin",
  operation: {
    summary: "Set how long a project keeps what is not for good",
    description: "A clean-up follows these rules; both are replaced.",
    tags: ["Images"],
    requestParams: {
      path: z.object({ project: z.string().describe("Its name; slashes stay as they are.") }),
    },
    requestBody: { required: true, content: { "application/json": { schema: rules } } },
    responses: {
      200: { description: "The rules.", content: { "application/json": { schema: rules } } },
    },
  },
  async handle(context) {
    const name = parseRequest(projectSchema, context.req.param("project"));
    const wanted = parseRequest(rules, await readJson(context.req));
    await (await assets()).setRetention(name, wanted);
    return context.json(wanted);
  },
});

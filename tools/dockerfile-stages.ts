import { DockerfileParser, type Copy, type Env, type From } from "dockerfile-ast";

/** One instruction of a stage, as far as it can be followed without a container. */
export type ImageStep =
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "environment"; readonly variables: Readonly<Record<string, string>> }
  | {
      readonly kind: "copy";
      readonly from: string | undefined;
      readonly sources: readonly string[];
      readonly target: string;
    };

/** One stage: its base image, its steps, and the command that it ends with. */
export interface ImageStage {
  readonly name: string | undefined;
  readonly base: string;
  readonly user: string | undefined;
  readonly steps: readonly ImageStep[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

/** The stages of a Dockerfile in their order. */
export function dockerfileStages(text: string): readonly ImageStage[] {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const starts = instructions.flatMap((one, index) => (one.getKeyword() === "FROM" ? [index] : []));
  return starts.map((start, order) => {
    const [from, ...rest] = instructions.slice(start, starts[order + 1]);
    const last = (keyword: string) =>
      rest.findLast((one) => one.getKeyword() === keyword)?.getArgumentsContent() ?? undefined;
    return {
      name: (from as From).getBuildStage() ?? undefined,
      base: (from as From).getImage() ?? "",
      user: last("USER"),
      steps: rest.flatMap(stepOf),
      command: words(last("CMD")),
      healthcheck: words(last("HEALTHCHECK")),
    };
  });
}

type Instruction = ReturnType<ReturnType<typeof DockerfileParser.parse>["getInstructions"]>[number];

function stepOf(instruction: Instruction): readonly ImageStep[] {
  const content = instruction.getArgumentsContent() ?? "";
  switch (instruction.getKeyword()) {
    case "RUN":
      return [{ kind: "run", command: content }];
    case "WORKDIR":
      return [{ kind: "folder", path: content }];
    case "ENV": {
      const pairs = (instruction as Env).getProperties();
      const variables = pairs.map((pair) => [pair.getName(), pair.getValue() ?? ""]);
      return [{ kind: "environment", variables: Object.fromEntries(variables) }];
    }
    case "COPY": {
      const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
      const paths = instruction.getArguments().map((argument) => argument.getValue());
      const target = paths.at(-1) ?? "";
      return [{ kind: "copy", from, sources: paths.slice(0, -1), target }];
    }
    default:
      return [];
  }
}

/** The words of an instruction in its JSON form, which starts no shell that would swallow signals. */
function words(content = "[]"): readonly string[] {
  return JSON.parse(content.slice(content.indexOf("["))) as string[];
}

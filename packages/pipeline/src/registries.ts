import {
  builtInExporters,
  builtInPresets,
  type ExporterRegistry,
  type PresetRegistry,
} from "@tintype/exporters";
import { builtInPrompts, type PromptBook } from "@tintype/generators";
import { builtInSteps, type StepRegistry } from "@tintype/image-core";

/** Everything declared that a request may name. */
export interface Registries {
  readonly steps: StepRegistry;
  readonly exporters: ExporterRegistry;
  readonly presets: PresetRegistry;
  /** What a request for a picture may name. */
  readonly prompts: PromptBook;
}

/** Whether steps and formats are those that come with Tintype, whatever their options default to: functions don't cross into another process. */
export function canCross({ steps, exporters }: Registries): boolean {
  return steps === builtInSteps && exporters.all.every(writesAsBuiltIn);
}

function writesAsBuiltIn({ name, ...exporter }: ExporterRegistry["all"][number]): boolean {
  const { encode, write, choose } = exporter;
  return builtInExporters.all.some(
    (known) =>
      known.name === name &&
      known.encode === encode &&
      known.write === write &&
      known.choose === choose,
  );
}

/** The steps, formats, presets and prompts that come with Tintype. */
export const builtInRegistries: Registries = {
  steps: builtInSteps,
  exporters: builtInExporters,
  presets: builtInPresets,
  prompts: builtInPrompts,
};

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

/** The steps, formats, presets and prompts that come with Tintype. */
export const builtInRegistries: Registries = {
  steps: builtInSteps,
  exporters: builtInExporters,
  presets: builtInPresets,
  prompts: builtInPrompts,
};

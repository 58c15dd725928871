import {
  builtInExporters,
  builtInPresets,
  type ExporterRegistry,
  type PresetRegistry,
} from "@tintype/exporters";
import { builtInSteps, type StepRegistry } from "@tintype/image-core";

/** Everything declared that a request may name. */
export interface Registries {
  readonly steps: StepRegistry;
  readonly exporters: ExporterRegistry;
  readonly presets: PresetRegistry;
}

/** The steps, formats and presets that come with Tintype. */
export const builtInRegistries: Registries = {
  steps: builtInSteps,
  exporters: builtInExporters,
  presets: builtInPresets,
};

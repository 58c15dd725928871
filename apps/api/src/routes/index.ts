import type { RouteFactory } from "../api-route.ts";
import { filesRoute } from "./files.ts";
import { healthRoute } from "./health.ts";
import { processImageRoute } from "./process-image.ts";

/** Every route, in the order in which the reference page lists them. */
export const routes: readonly RouteFactory[] = [processImageRoute, filesRoute, healthRoute];

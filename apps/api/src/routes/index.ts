import type { RouteFactory } from "../api-route.ts";
import { filesRoute } from "./files.ts";
import { healthRoute } from "./health.ts";
import { completeUploadRoute, offerUploadRoute } from "./images-direct.ts";
import { downloadImageRoute } from "./images-download.ts";
import { listImagesRoute } from "./images-list.ts";
import { deleteImageRoute, imageInfoRoute } from "./images-one.ts";
import { processUploadRoute } from "./images-process.ts";
import { uploadImagesRoute } from "./images-upload.ts";
import { processImageRoute } from "./process-image.ts";
import { putFileRoute } from "./put-file.ts";

/** Every route, in the order in which the reference page lists them. */
export const routes: readonly RouteFactory[] = [
  processImageRoute,
  uploadImagesRoute,
  offerUploadRoute,
  completeUploadRoute,
  listImagesRoute,
  imageInfoRoute,
  downloadImageRoute,
  deleteImageRoute,
  processUploadRoute,
  filesRoute,
  putFileRoute,
  healthRoute,
];

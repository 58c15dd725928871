import type { Runtime } from "@tintype/runtime";

import type { ApiRoute, RouteFactory } from "../api-route.ts";
import { catalogRoute } from "./catalog.ts";
import { downloadRoute, putDownloadRoute } from "./download.ts";
import { filesRoute } from "./files.ts";
import { generateRoute } from "./generate.ts";
import { glanceRoute } from "./glance.ts";
import { healthRoute } from "./health.ts";
import { completeUploadRoute, offerUploadRoute } from "./images-direct.ts";
import { downloadImageRoute } from "./images-download.ts";
import { listImagesRoute } from "./images-list.ts";
import { deleteImageRoute, imageInfoRoute } from "./images-one.ts";
import { previewImageRoute } from "./images-preview.ts";
import { processUploadRoute } from "./images-process.ts";
import { imageTagsRoute } from "./images-tags.ts";
import { uploadImagesRoute } from "./images-upload.ts";
import { imgInfoRoute, imgRoute } from "./img.ts";
import { jobEventsRoute } from "./jobs-events.ts";
import { listJobsRoute } from "./jobs-list.ts";
import { cancelJobRoute, jobRoute, retryJobRoute, tellJobAgainRoute } from "./jobs-one.ts";
import { submitJobRoute } from "./jobs-submit.ts";
import { metricsRoute } from "./metrics.ts";
import { deleteObjectRoute, putObjectRoute } from "./objects.ts";
import { processImageRoute } from "./process-image.ts";
import { listProjectsRoute, projectRulesRoute } from "./projects.ts";
import { putFileRoute } from "./put-file.ts";
import { readyRoute } from "./ready.ts";
import { thumbnailsRoute } from "./thumbnails.ts";

/** Every route, in the order in which the reference page lists them. */
const routes: readonly RouteFactory[] = [
  processImageRoute,
  uploadImagesRoute,
  offerUploadRoute,
  completeUploadRoute,
  listImagesRoute,
  imageInfoRoute,
  downloadImageRoute,
  deleteImageRoute,
  imageTagsRoute,
  processUploadRoute,
  listProjectsRoute,
  projectRulesRoute,
  thumbnailsRoute,
  generateRoute,
  putObjectRoute,
  deleteObjectRoute,
  submitJobRoute,
  listJobsRoute,
  jobRoute,
  jobEventsRoute,
  cancelJobRoute,
  retryJobRoute,
  previewImageRoute,
  catalogRoute,
  glanceRoute,
  tellJobAgainRoute,
  downloadRoute,
  putDownloadRoute,
  // Before the images: its path would be an address of theirs.
  imgInfoRoute,
  imgRoute,
  healthRoute,
  readyRoute,
];

/** The routes of a service, with those that its settings ask for. */
export function routesOf(runtime: Runtime): readonly ApiRoute[] {
  const { access, observability } = runtime.settings;
  const asked = [
    ...(access.servesFiles ? [filesRoute, putFileRoute] : []),
    ...(observability.onApi ? [metricsRoute] : []),
  ];
  return [...routes, ...asked].map((route) => route(runtime));
}

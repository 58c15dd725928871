export { createJobKinds } from "./create-job-kinds.ts";

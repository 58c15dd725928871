export {
  invalidRemovalError,
  minRemovalSidePx,
  nothingFoundError,
  pictureTooSmallError,
  removalTimedOutError,
} from "./background-errors.ts";
export type {
  AlphaMask,
  BackgroundRemover,
  FractionalBox,
  RawPicture,
  Removal,
  RemovalOptions,
} from "./background-remover.ts";
export { createMemoryRemover } from "./memory-remover.ts";
export { parseRemoval } from "./parse-removal.ts";
export type { RemovalSettings } from "./parse-removal.ts";

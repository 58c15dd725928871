export { createImageUrl } from "./create-image-url.ts";
export type { ImageOptionChain, ImageUrl, ImageUrlSettings } from "./create-image-url.ts";
export type { Compass, Gravity, ImageOptions } from "./image-options.ts";
export { responsiveImage } from "./responsive-image.ts";
export type { ResponsiveAttributes, ResponsiveOptions } from "./responsive-image.ts";
export { signPath } from "./sign-path.ts";
export type { SigningPair } from "./sign-path.ts";
export { unpicTransformer } from "./unpic-transformer.ts";
export type { UnpicOperations } from "./unpic-transformer.ts";

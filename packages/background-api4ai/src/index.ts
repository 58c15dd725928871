export { createApi4aiRemover } from "./api4ai-remover.ts";
export type { Api4aiRemoverOptions } from "./api4ai-remover.ts";

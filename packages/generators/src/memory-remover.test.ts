import { createMemoryRemover } from "./index.ts";
import { removerContract } from "./testing.ts";

removerContract("memory", {
  create: () => createMemoryRemover(),
  cannot: {
    "keeps a box's outside out of the object": "it judges each pixel by its color alone",
    "leaves holes as they are when asked": "it judges each pixel by its color alone",
    "keeps all objects, or the largest alone": "it does not join pixels to objects",
    "softens the edge by the feather": "its edge is always hard",
  },
});

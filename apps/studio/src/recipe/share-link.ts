import type { RecipeCall } from "./recipe.ts";

/** A recipe in the fewest letters that an address may hold: compressed JSON in base64url. */
export async function packRecipe(recipe: RecipeCall): Promise<string> {
  const json = new Blob([JSON.stringify(recipe)]).stream();
  const packed = await new Response(json.pipeThrough(new CompressionStream("deflate-raw"))).bytes();
  const text = btoa(String.fromCharCode(...packed));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** What {@link packRecipe} packed; undefined for a text that it did not make. */
export async function unpackRecipe(text: string): Promise<unknown> {
  try {
    const packed = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return await new Response(json).json();
  } catch {
    return undefined;
  }
}

import { computed, signal } from "@preact/signals";

/** Where in the page somebody is: `#/recipe?picture=ID` is the page `recipe`. */
export interface Route {
  readonly page: string;
  readonly query: URLSearchParams;
}

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

/** The route that the address names. */
export const route = computed(() => readRoute(hash.value));

/** Reads the part of an address after `#`. */
function readRoute(text: string): Route {
  const [path = "", query = ""] = text.replace(/^#\/?/u, "").split("?", 2);
  return { page: path === "" ? "library" : path, query: new URLSearchParams(query) };
}

/** The address of a page; what is undefined or empty is left out. */
export function hrefOf(
  page: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const said = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const text = new URLSearchParams(said).toString();
  return `#/${page}${text === "" ? "" : `?${text}`}`;
}

/** Goes to a page; `replace` leaves no step for the browser's back button. */
export function goTo(
  page: string,
  query: Readonly<Record<string, string | undefined>> = {},
  how: "push" | "replace" = "push",
): void {
  const href = hrefOf(page, query);
  if (how === "push") location.hash = href;
  else {
    history.replaceState(null, "", href);
    hash.value = location.hash;
  }
}

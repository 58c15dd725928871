/**
 * The path of one of the service's addresses: it may know itself by another name than this page was opened by, and the
 * page asks nobody else.
 */
export function ownPath(url: string): string {
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
}

/** How much larger an element is drawn than its own px say: on a screen of 4K the whole page is. */
export function pageZoom(element: HTMLElement): number {
  return element.getBoundingClientRect().width / element.offsetWidth || 1;
}

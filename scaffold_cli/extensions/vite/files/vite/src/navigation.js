/** Mark the links that lead to the page one is on, for the eye and for screen readers. */
export function markCurrentLink(links) {
  for (const link of links) {
    if (link.pathname === location.pathname) {
      link.setAttribute("aria-current", "page");
    }
  }
}

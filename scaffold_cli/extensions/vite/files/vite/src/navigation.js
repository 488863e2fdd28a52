/** Mark the links that lead to the page one is on, for the eye and for screen readers. */
export function markCurrentLink(links) {
  for (const link of links) {
    if (plain(link.pathname) === plain(location.pathname)) {
      link.setAttribute("aria-current", "page");
    }
  }
}

/** Web servers may add a slash to a path; it is the same page. */
function plain(path) {
  return path.replace(/\/$/, "");
}

// On paper all of it: what is folded away on the screen is unfolded while a page is printed.

/** Unfold what `places` hold before printing, and fold it again after. */
export function beginPrint(places) {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = places.flatMap((place) => [...place.querySelectorAll("details.more:not([open])")]);
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

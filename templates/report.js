(() => {
  const reveal = () => document.querySelector("details:has(:target)")?.setAttribute("open", "");
  addEventListener("hashchange", reveal);
  reveal();
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const key = (row, at) => row.cells[at].dataset.by ?? row.cells[at].textContent;
  document.querySelectorAll("table.sort").forEach((table) => table.querySelectorAll("thead th").forEach((head, at, heads) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.ariaSort !== "ascending";
      heads.forEach((it) => it.removeAttribute("aria-sort"));
      head.ariaSort = up ? "ascending" : "descending";
      const body = table.tBodies[0];
      body.append(...[...body.rows].sort((a, b) => {
        const [x, y] = [key(a, at), key(b, at)];
        return !x - !y || (up ? order(x, y) : order(y, x));
      }));
    });
  }));
})();

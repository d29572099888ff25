// Conveniences only: without this script every word of the page is still there.
(() => {
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => {
        button.textContent = "Copy";
      }, 1500);
    });
  }

  const form = document.querySelector(".filter");
  const [words, complaintsOnly] = form.querySelectorAll("input");
  const searchable = (selector, part) =>
    [...document.querySelectorAll(selector)].map((element) => ({
      element,
      text: element.querySelector(part).textContent.toLowerCase(),
    }));
  const rows = searchable("#grid tbody tr", "th");
  const findings = searchable(".finding", ".what");
  const groups = document.querySelectorAll(".group");
  const show = (items, fits) => {
    let shown = 0;
    for (const item of items) {
      item.element.hidden = !fits(item);
      if (!item.element.hidden) shown += 1;
    }
    return `${shown} of ${items.length}`;
  };
  const filter = () => {
    const wanted = words.value.toLowerCase().trim();
    const hasWords = ({ text }) => text.includes(wanted);
    const complains = ({ element }) => !complaintsOnly.checked || element.dataset.complaint === "yes";
    const operations = show(rows, (row) => hasWords(row) && complains(row));
    const complaints = show(findings, hasWords);
    for (const group of groups) {
      group.hidden = group.querySelector(".finding:not([hidden])") === null;
      if (wanted !== "") group.open = !group.hidden;
    }
    form.querySelector("output").textContent = `${operations} operations, ${complaints} findings`;
  };
  form.hidden = rows.length < 8 && findings.length < 8;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();

  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) {
      for (let fold = target; fold; fold = fold.parentElement.closest("details")) fold.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", openTarget);
  openTarget();
})();

/* Adds to each claim a button that copies its citation, and names the search dialog for screen
   readers. The page is whole without it. */
(() => {
  document.querySelector(".md-search[role='dialog']")?.setAttribute("aria-label", "Search");

  const siteName = document.querySelector("meta[property='og:site_name']")?.content
    ?? document.querySelector(".md-header__topic .md-ellipsis")?.textContent.trim()
    ?? document.title;

  const textOf = (claim) => {
    const copy = claim.cloneNode(true);
    copy.querySelectorAll(".claim-meta, .headerlink").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  document.querySelectorAll(".claim").forEach((claim) => {
    const link = claim.querySelector(".claim-link");
    if (!link || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "claim-copy";
    button.textContent = "copy citation";
    button.setAttribute("aria-label", `Copy the citation of claim ${link.textContent}`);
    button.addEventListener("click", async () => {
      const address = new URL(link.getAttribute("href"), location.href);
      const cited = `${textOf(claim)} ${siteName}, claim ${link.textContent}, ${address.href}`;
      await navigator.clipboard.writeText(cited);
      button.textContent = "copied";
      setTimeout(() => { button.textContent = "copy citation"; }, 2000);
    });
    link.after(button);
  });
})();

// Each button says what it does; the page that follows says how things stand then.
for (const button of document.querySelectorAll("button[data-do]")) {
  button.addEventListener("click", async () => {
    for (const each of document.querySelectorAll("button")) each.disabled = true;
    await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ do: button.dataset.do }),
    }).catch(() => undefined);
    location.reload();
  });
}
if (document.body.dataset.waits) setTimeout(() => location.reload(), 1000);


  // ---- on a part's page there is no last year and no deadline; an address may name a figure or an agency ----

  function startCompared() {}

  function startDeadline() {}

  const asked = /^#figure-(\d+)$/.exec(window.location.hash);
  if (asked && figures[Number(asked[1])]) open([Number(asked[1])], null);

  const sought = /^#agency=(.+)$/.exec(window.location.hash);
  const line = sought && all(".board tbody tr").find((one) => one.cells[0].textContent === decodeURIComponent(sought[1]));
  if (line) {
    line.classList.add("shown-now");
    line.tabIndex = -1;
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
  }

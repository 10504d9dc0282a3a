
  // ---- on a part's page there is no last year and no deadline; an address may name a figure to open ----

  function startCompared() {}

  function startDeadline() {}

  const asked = /^#figure-(\d+)$/.exec(window.location.hash);
  if (asked && figures[Number(asked[1])]) open([Number(asked[1])], null);

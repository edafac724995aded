// Before the first paint, so that a chosen theme does not flash. A file of its own, since the pages allow no inline script.
try {
  var theme = localStorage.getItem("hooklens-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off: then the system's theme is right.
}

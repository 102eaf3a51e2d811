(function () {
  "use strict";
  var ids = ["text", "source", "verdict", "reading"], fields = {};
  ids.forEach(function (id) { fields[id] = document.getElementById("f-" + id); });
  var articles = Array.prototype.slice.call(document.querySelectorAll(".statement"));
  var texts = articles.map(function (a) { return (a.id.replace("--", "/") + " " + a.textContent).toLowerCase(); });
  function matches(a, i) {
    var word = fields.text.value.trim().toLowerCase(), d = a.dataset, verdict = fields.verdict.value;
    return (!word || texts[i].indexOf(word) >= 0) &&
      (!fields.source.value || d.source === fields.source.value) &&
      (!verdict || (verdict === "!" ? d.expected === "no" : d.verdict === verdict)) &&
      (!fields.reading.value || d.reading === fields.reading.value);
  }
  function hideEmpty(selector) {
    document.querySelectorAll(selector).forEach(function (box) { box.hidden = !box.querySelector(".statement:not([hidden])"); });
  }
  function apply() {
    var shown = 0;
    articles.forEach(function (a, i) { a.hidden = !matches(a, i); shown += a.hidden ? 0 : 1; });
    hideEmpty("#ledger .label");
    hideEmpty("#ledger .source");
    document.getElementById("f-count").textContent = shown + " of " + articles.length;
    document.getElementById("f-none").hidden = shown > 0;
  }
  ids.forEach(function (id) {
    fields[id].addEventListener("input", apply);
    fields[id].addEventListener("change", apply);
  });
  document.querySelector(".filters").addEventListener("submit", function (e) { e.preventDefault(); });
  window.addEventListener("hashchange", function () {
    var a = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (a && a.hidden) { ids.forEach(function (id) { fields[id].value = ""; }); apply(); a.scrollIntoView(); }
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
  apply();
})();

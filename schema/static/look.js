// Saves steps; every page works without it. No text here: words come from the server.
(function () {
  "use strict";
  var doc = document;

  function one(selector) { return doc.querySelector(selector); }

  // After a failed post the summary is read first; else the browser minds `autofocus` by itself.
  function focusFirst() {
    var summary = one("#problems");
    if (!summary) return;
    // The address may still name the field at which the form was opened: the browser would go there.
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    summary.focus();
  }

  // A link of the summary goes to the control, not only to its place.
  function toField(event) {
    var link = event.target.closest && event.target.closest("#problems a[href^='#']");
    var field = link && doc.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    (field.closest(".q") || field).scrollIntoView({ block: "nearest" });
  }

  function typing(target) {
    return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
  }

  function keys(event) {
    if (event.key === "F8" && one("[data-lock]")) {
      event.preventDefault();
      one("[data-lock]").click();
    } else if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !typing(event.target)) {
      var search = one("[data-search]");
      if (search && doc.documentElement.dataset.keys !== "off") { event.preventDefault(); search.focus(); }
    } else if (event.key === "Escape") {
      closeMenus(null);
    }
  }

  function closeMenus(except) {
    doc.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu === except || (except && menu.contains(except))) return;
      if (!except && menu.contains(doc.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  }

  // Typing the third value of a dispute chooses it.
  function chooseNeither(event) {
    var box = event.target.closest && event.target.closest(".neither");
    var radio = box && box.querySelector("input[type=radio]");
    if (radio && event.target !== radio && event.target.value) radio.checked = true;
  }

  // A form is sent once, however often Enter is pressed; the key inside makes a second one harmless anyway.
  function once(event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 4000);
  }

  // On a narrow screen the items of the bar go on sideways: the one we are in is shown.
  function showDoor() {
    var door = one(".doors [aria-current]"), row = door && door.parentNode;
    if (row && row.scrollWidth > row.clientWidth) door.scrollIntoView({ block: "nearest", inline: "center" });
  }

  doc.addEventListener("click", function (event) { toField(event); closeMenus(event.target); });
  doc.addEventListener("keydown", keys);
  doc.addEventListener("input", chooseNeither);
  doc.addEventListener("submit", once);
  window.addEventListener("pageshow", function () {
    doc.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  // htmx: nothing is fetched for a page nobody looks at.
  doc.addEventListener("htmx:beforeRequest", function (event) {
    if (doc.hidden && event.detail.requestConfig.verb === "get") event.preventDefault();
  });
  showDoor();
  focusFirst();
})();

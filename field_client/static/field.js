// The idle lock, told before it comes: any key stays. The laptop itself locks whatever this does.
(function () {
  "use strict";
  var box = document.getElementById("idle");
  if (!box) return;
  var limit = Number(box.dataset.seconds) * 1000;
  var words = box.querySelector("[data-words]");
  var told = performance.now();
  var active = told;

  function stay() {
    told = performance.now();
    window.fetch(box.action, { method: "POST", body: new URLSearchParams(new FormData(box)) }).then(function (answer) {
      if (answer.redirected || !answer.ok) window.location.assign(box.dataset.locked);
    }, function () { /* the program has ended; the next page says so */ });
  }

  function moved() {
    active = performance.now();
    if (!box.hidden || active - told > limit / 4) stay();
    box.hidden = true;
    words.textContent = "";
  }

  function look() {
    var quiet = performance.now() - Math.max(told, active);
    if (quiet >= limit) {
      window.location.assign(box.dataset.locked);
    } else if (quiet >= limit - 60000 && box.hidden) {
      box.hidden = false;
      words.textContent = words.dataset.words;
    }
  }

  document.addEventListener("keydown", moved);
  document.addEventListener("pointerdown", moved);
  document.addEventListener("htmx:afterRequest", function () { told = performance.now(); });
  window.setInterval(look, 1000);
})();

// A passphrase can be looked at while it is typed.
(function () {
  "use strict";
  document.querySelectorAll("[data-shows]").forEach(function (tick) {
    tick.closest(".choice").hidden = false;
    tick.addEventListener("change", function () {
      document.getElementById(tick.dataset.shows).type = tick.checked ? "text" : "password";
    });
  });
})();

// Where all is read before it is confirmed, the button has the focus and the page stays at its top.
(function () {
  "use strict";
  var first = document.querySelector("[data-first]");
  if (first) first.focus({ preventScroll: true });
})();

// What could not be saved is not called saved.
document.addEventListener("htmx:afterRequest", function (event) {
  "use strict";
  var form = event.detail.elt.closest && event.detail.elt.closest("[data-unsaved]");
  var place = document.getElementById("saved");
  if (form && place && !event.detail.successful) place.textContent = form.dataset.unsaved;
});

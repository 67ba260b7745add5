// What the server cannot do: keep the token on every request, say when nothing was saved, and look after unsaved text.
// No markup is built here, and every page works without this file. Event names are those of htmx 2 and of htmx 4.
(() => {
  "use strict";
  const on = (names, act, capture = false) => names.split(" ").forEach((name) => document.addEventListener(name, act, capture));
  const region = () => document.getElementById("alert");
  const editor = () => document.querySelector("form[data-editor]");

  // --- Requests: the token, and one sentence when they fail
  const token = () => document.querySelector('meta[name="csrf-token"]').content;
  on("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  on("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-CSRFToken"] = token(); });

  const say = (kind) => {
    const copy = document.getElementById("alert-template").content.cloneNode(true);
    copy.querySelector("p").textContent = region().dataset[kind];
    region().replaceChildren(copy);
  };
  const sayExpired = () => {
    // Imported, not cloned: the address of a link cannot be changed while it belongs to a template.
    const copy = document.importNode(document.getElementById("expired-template").content, true);
    copy.querySelector("a").search = new URLSearchParams({ next: location.pathname + location.search });
    region().replaceChildren(copy);
  };
  const statusOf = (detail) => (detail.xhr || detail.ctx?.response || {}).status || 0;
  on("htmx:responseError htmx:response:error", (event) => {
    const status = statusOf(event.detail);
    if (status === 409 || status === 422) return;
    if (status === 401) { sayExpired(); return; }
    say(status >= 400 && status < 500 ? "refused" : "failed");
  });
  on("htmx:sendError htmx:timeout htmx:error", () => say("offline"));
  on("htmx:beforeRequest htmx:before:request", () => region().replaceChildren());

  // --- Unsaved text
  const fieldChanged = (field) => {
    if (field.type === "hidden" || field.disabled) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) {
      const first = [...field.options].findIndex((option) => option.defaultSelected);
      return field.multiple
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : field.selectedIndex !== Math.max(first, 0);
    }
    return "defaultValue" in field && field.value !== field.defaultValue;
  };
  const unsaved = (form) => form.hasAttribute("data-unsaved") || [...form.elements].some(fieldChanged);
  const mayLeave = (form) => !unsaved(form) || window.confirm(region().dataset.question);

  let leaving = false;
  let sent = new WeakSet(); // forms on their way: two fast clicks send one once; htmx sees to its own (hx-sync)
  on("submit", (event) => {
    const form = event.target;
    const asks = form.dataset.asks;
    if (sent.has(form) || (asks && !window.confirm(asks))) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    leaving = true;
    window.setTimeout(() => { leaving = false; }, 2000);
    if (form.method !== "post" || form.hasAttribute("data-hx-post")) return;
    sent.add(form);
    window.setTimeout(() => sent.delete(form), 10000);
  }, true);
  window.addEventListener("pageshow", () => { sent = new WeakSet(); });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && [...document.querySelectorAll("form[data-guard]")].some(unsaved)) event.preventDefault();
  });

  // --- One row in edit: opening another first closes the open one, and asks when there is something to lose
  let next = null;
  const close = (form) => {
    form.removeAttribute("data-guard");
    form.querySelector("[data-cancel]:last-of-type, [data-cancel]").click();
  };
  on("click", (event) => {
    const link = event.target.closest("a[data-opens-editor]");
    const open = link && editor();
    if (!open || event.ctrlKey || event.metaKey || event.shiftKey || open.contains(link)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (mayLeave(open)) { next = link; close(open); }
  }, true);
  // In a row Enter saves from a select too, as it does from every other field; Space opens the list.
  on("keydown", (event) => {
    const form = event.target.closest?.("form[data-editor]");
    const saves = event.key === "Enter" && event.target.options;
    if (!form || event.isComposing || !(saves || event.key === "Escape")) return;
    event.preventDefault();
    if (saves) form.requestSubmit();
    else if (mayLeave(form)) close(form);
  });

  // --- Focus after a swap: the first bad field, else what asks for it
  on("htmx:afterSettle htmx:after:swap", (event) => {
    if (statusOf(event.detail) >= 500) return;
    if (next) {
      const link = next;
      next = null;
      if (link.isConnected) { link.click(); return; }
    }
    const swapped = event.detail.elt || event.detail.ctx?.target || event.target;
    const inside = document.getElementById(swapped.id) || swapped;
    const wanted = ["[data-focus]", '[aria-invalid="true"]', "[autofocus]"].map((what) => inside.querySelector(what)).find(Boolean);
    if (wanted && wanted !== document.activeElement) wanted.focus();
  });

  // --- Small things: close a message, open the menu
  on("click", (event) => {
    const message = event.target.closest("[data-closes]")?.closest(".message");
    if (message) { message.remove(); document.getElementById("main").focus({ preventScroll: true }); }
    const button = event.target.closest("[data-toggles]");
    if (button) button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
})();

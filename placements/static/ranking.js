// Dragging an item of an order, for those who like it; the buttons Op and Ned do the same without this file.
// It moves what the server has written and sends the form it stands in: no markup is made here.
(() => {
  "use strict";
  const on = (name, act) => document.addEventListener(name, act);
  const item = (node) => node.closest?.("[data-ranking] > [data-ranked]");
  let dragged = null; // the item, where it stood, and whether it was let go on the list

  // An item can be dragged by its handle alone, so that its text can still be marked.
  on("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-handle]");
    if (handle && item(handle)) item(handle).draggable = true;
  });
  on("pointerup", (event) => { if (event.target.closest && item(event.target)) item(event.target).draggable = false; });

  on("dragstart", (event) => {
    const taken = event.target.closest && item(event.target);
    if (!taken?.draggable) return;
    dragged = { taken, next: taken.nextElementSibling, dropped: false };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    taken.classList.add("dragged");
  });
  on("dragover", (event) => {
    const list = dragged?.taken.parentNode;
    if (!list?.contains(event.target)) return;
    event.preventDefault();
    const over = item(event.target);
    if (!over || over === dragged.taken) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(dragged.taken, event.clientY > box.top + box.height / 2 ? over.nextElementSibling : over);
  });
  on("drop", (event) => {
    if (!dragged?.taken.parentNode?.contains(event.target)) return;
    event.preventDefault();
    dragged.dropped = true;
  });
  on("dragend", () => {
    if (!dragged) return;
    const { taken, next, dropped } = dragged;
    dragged = null;
    taken.draggable = false;
    taken.classList.remove("dragged");
    if (!dropped) taken.parentNode.insertBefore(taken, next);
    else if (taken.nextElementSibling !== next) {
      const form = taken.closest("form");
      form.elements.moved.value = taken.dataset.ranked;
      form.requestSubmit();
    }
  });
})();

/* A region of a picture, drawn with mouse, pen or finger, goes into the four fields of the form; what is typed there is
   drawn. Without scripts, and by keyboard, the fields alone do. All in per cent of the picture. */
(function () {
  'use strict';
  const shot = document.querySelector('[data-region]');
  if (!shot) return;
  const field = {};
  ['left', 'top', 'width', 'height'].forEach(function (name) { field[name] = document.getElementById('id_' + name); });
  const box = document.createElement('span');
  box.className = 'region';
  box.hidden = true;
  shot.append(box);
  document.querySelectorAll('[data-region-hint]').forEach(function (hint) { hint.hidden = false; });

  function show() {
    const at = {};
    Object.keys(field).forEach(function (name) { at[name] = parseInt(field[name].value, 10); });
    box.hidden = !(at.left >= 0 && at.top >= 0 && at.width > 0 && at.height > 0);
    if (box.hidden) return;
    box.style.left = at.left + '%';
    box.style.top = at.top + '%';
    box.style.width = Math.min(at.width, 100 - at.left) + '%';
    box.style.height = Math.min(at.height, 100 - at.top) + '%';
  }
  Object.values(field).forEach(function (input) { input.addEventListener('input', show); });
  show();

  function within(value) { return Math.min(Math.max(value, 0), 100); }
  function point(event) {
    const edge = shot.getBoundingClientRect();
    return { x: within((event.clientX - edge.left) * 100 / edge.width), y: within((event.clientY - edge.top) * 100 / edge.height) };
  }
  /* Outwards to whole per cents: never less than what was drawn. */
  function fill(from, to) {
    const left = Math.min(99, Math.floor(Math.min(from.x, to.x))), top = Math.min(99, Math.floor(Math.min(from.y, to.y)));
    field.left.value = left;
    field.top.value = top;
    field.width.value = Math.max(1, Math.ceil(Math.max(from.x, to.x)) - left);
    field.height.value = Math.max(1, Math.ceil(Math.max(from.y, to.y)) - top);
    show();
  }

  let start = null;
  shot.addEventListener('pointerdown', function (event) {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    shot.setPointerCapture(event.pointerId);
    start = point(event);
  });
  shot.addEventListener('pointermove', function (event) { if (start && event.isPrimary) fill(start, point(event)); });
  shot.addEventListener('pointerup', function () { start = null; });
  shot.addEventListener('pointercancel', function () { start = null; });
})();

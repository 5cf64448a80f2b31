/* What pages gain when scripts run. Everything here is a convenience: each page works without it. */
(function () {
  'use strict';
  const words = document.documentElement.dataset;

  /* Pressing twice does it once: the button keeps its width and says that the form is on its way. */
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
    const button = event.submitter;
    if (!button || button.classList.contains('as-link')) return;
    button.style.width = button.offsetWidth + 'px';
    /* A disabled button is not sent, so it is disabled after the browser has read the form. */
    setTimeout(function () { button.dataset.words = button.textContent; button.disabled = true; button.textContent = words.sending; }, 0);
  });
  function open_again(form) {
    delete form.dataset.sent;
    form.querySelectorAll('button[data-words]').forEach(function (button) { button.disabled = false; button.style.width = ''; button.textContent = button.dataset.words; });
  }
  window.addEventListener('pageshow', function (event) { if (event.persisted) document.querySelectorAll('form[data-sent]').forEach(open_again); });

  /* A draft stays on this device, in this tab, until the form has been taken. */
  function names(form) { return Array.from(form.elements).filter(function (e) { return e.name && e.name !== 'csrfmiddlewaretoken' && !('fresh' in e.dataset) && !['file', 'password', 'hidden', 'submit'].includes(e.type); }); }
  document.querySelectorAll('form[data-draft]').forEach(function (form) {
    const key = 'draft:' + form.dataset.draft;
    const kept = JSON.parse(sessionStorage.getItem(key) || '{}');
    names(form).forEach(function (e) {
      if (!(e.name in kept)) return;
      if (e.type === 'checkbox' || e.type === 'radio') e.checked = kept[e.name].includes(e.value);
      else if (!e.value) e.value = kept[e.name][0];
    });
    form.addEventListener('input', function () {
      const now = {};
      names(form).forEach(function (e) {
        now[e.name] = now[e.name] || [];
        if ((e.type !== 'checkbox' && e.type !== 'radio') || e.checked) now[e.name].push(e.value);
      });
      sessionStorage.setItem(key, JSON.stringify(now));
    });
  });
  document.querySelectorAll('[data-draft-done]').forEach(function (e) { sessionStorage.removeItem('draft:' + e.dataset.draftDone); });

  /* "/" goes to the search field, unless somebody is writing. */
  document.addEventListener('keydown', function (event) {
    const seek = document.querySelector('.seek input');
    if (event.key !== '/' || !seek || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    seek.focus();
  });

  /* A choice that applies at once (scope, sorting) sends its form; without scripts its button does. */
  document.addEventListener('change', function (event) { if (event.target.matches('[data-sends]')) event.target.form.requestSubmit(); });
  document.querySelectorAll('[data-print]').forEach(function (e) { e.hidden = false; e.addEventListener('click', function () { window.print(); }); });
  /* Words made to be pasted elsewhere are taken with one press, where the browser allows it. */
  if (navigator.clipboard) document.querySelectorAll('[data-copies]').forEach(function (e) {
    e.hidden = false;
    e.addEventListener('click', function () {
      navigator.clipboard.writeText(document.getElementById(e.dataset.copies).innerText.trim()).then(function () { e.textContent = e.dataset.done; });
    });
  });
  document.addEventListener('click', function (event) {
    document.querySelectorAll('details.more[open]').forEach(function (e) { if (!e.contains(event.target)) e.open = false; });
  });

  /* The list of errors takes the focus, also when it came by HTMX. */
  function show_wrongs(root) { const box = root.querySelector('.wrongs'); if (box) box.focus(); }
  show_wrongs(document);
  document.addEventListener('htmx:afterSwap', function (event) { show_wrongs(event.target); });
  document.addEventListener('htmx:sendError', function (event) {
    const form = event.target.closest('form');
    if (form) open_again(form);
    const note = document.createElement('p');
    note.className = 'note note-bad';
    note.setAttribute('role', 'alert');
    note.textContent = words.offline;
    event.target.prepend(note);
  });
})();

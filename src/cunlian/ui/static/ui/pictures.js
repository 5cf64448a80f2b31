/* Pictures from the clipboard go into the file field of the page; what is chosen is shown small and can be left out again.
   Without scripts the file field alone does. Its words come from its data attributes. */
(function () {
  'use strict';
  const input = document.querySelector('input[type=file][data-pictures]');
  if (!input) return;
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.textContent = input.dataset.pictures;
  const list = document.createElement('ul');
  list.className = 'chosen';
  list.setAttribute('aria-live', 'polite');
  input.after(hint, list);

  function put(files) {
    const all = new DataTransfer();
    files.forEach(function (file) { all.items.add(file); });
    input.files = all.files;
    show();
  }
  function row(file, number) {
    const item = document.createElement('li'), name = document.createElement('span'), button = document.createElement('button');
    if (file.type.startsWith('image/')) {
      const picture = document.createElement('img');
      picture.alt = '';
      picture.src = URL.createObjectURL(file);
      picture.addEventListener('load', function () { URL.revokeObjectURL(picture.src); });
      item.append(picture);
    }
    name.textContent = file.name;
    button.type = 'button';
    button.className = 'btn btn-sm btn-quiet';
    button.textContent = input.dataset.remove;
    button.setAttribute('aria-label', input.dataset.remove + ' ' + file.name);
    button.addEventListener('click', function () {
      put(Array.from(input.files).filter(function (_file, at) { return at !== number; }));
      input.focus();
    });
    item.append(name, button);
    return item;
  }
  function show() { list.replaceChildren.apply(list, Array.from(input.files).map(row)); }
  input.addEventListener('change', show);

  let pasted = 0;
  document.addEventListener('paste', function (event) {
    /* Words copied from an office program bring a picture of themselves along: then the words are meant. */
    if (event.clipboardData.types.includes('text/plain')) return;
    const found = Array.from(event.clipboardData.files).filter(function (file) { return /^image\/(jpeg|png|webp)$/.test(file.type); });
    if (!found.length) return;
    event.preventDefault();
    /* The clipboard calls every picture image.png. */
    const named = found.map(function (file) { pasted += 1; return new File([file], pasted + file.name.slice(file.name.lastIndexOf('.')), { type: file.type }); });
    put(Array.from(input.files).concat(named));
  });
})();

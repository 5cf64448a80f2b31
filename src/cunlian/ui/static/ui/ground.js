/* The map service's map in the place of a drawing: the same places, the same links. The drawing stays until the map is
   there, and comes back where it fails. Its words come from its data attributes. */
(function () {
  'use strict';
  const maps = [], FINGER = 10, MANY = 30, READABLE = 12;

  function style(data) {
    const sources = {};
    data.tiles.forEach(function (one) {
      sources[one[0]] = { type: 'raster', tiles: [location.origin + one[1] + '{z}/{x}/{y}/'], tileSize: 256, minzoom: data.furthest, maxzoom: data.closest, bounds: data.box };
    });
    return { version: 8, sources: sources, layers: Object.keys(sources).map(function (name) { return { id: name, type: 'raster', source: name }; }) };
  }

  /* A dot with its name, which is read where there is room and when it is come to. */
  function mark(one) {
    const element = document.createElement(one.url ? 'a' : 'span'), dot = document.createElement('i'), name = document.createElement('b');
    if (one.url) element.href = one.url;
    element.className = one.here ? 'spot here' : 'spot';
    element.setAttribute('role', one.url ? 'link' : one.label ? 'img' : 'presentation');
    element.setAttribute('aria-label', one.label);
    dot.className = one.shade;
    dot.textContent = one.number;
    name.textContent = one.label;
    element.append(dot, name);
    return new maplibregl.Marker({ element: element }).setLngLat(one.at);
  }

  /* A point pressed on the map goes into the form, as exact as a finger at this distance, in one digit. */
  function press(map, words, here) {
    const form = document.getElementById('point').elements;
    map.on('click', function (event) {
      const at = event.lngLat, metres = FINGER * 40075016.7 * Math.cos(at.lat * Math.PI / 180) / (512 * Math.pow(2, map.getZoom()));
      const digit = Math.pow(10, Math.floor(Math.log10(Math.max(metres, 1))));
      form.latitude.value = at.lat.toFixed(7);
      form.longitude.value = at.lng.toFixed(7);
      form.accuracy_m.value = Math.ceil(metres / digit) * digit;
      form.source_note.value = words.press;
      form.source.value = 'map_service';
      if (here) here.remove();
      here = mark({ at: at, label: '', number: '', shade: '', here: true }).addTo(map);
      document.getElementById('pressed').hidden = false;
    });
  }

  function draw(box) {
    const data = JSON.parse(box.querySelector('script').textContent), words = box.dataset, failed = box.nextElementSibling;
    const small = box.classList.contains('small-ground'), bounds = new maplibregl.LngLatBounds(), fit = { padding: 40, maxZoom: small ? READABLE : 14, duration: 0 };
    data.marks.forEach(function (one) { if (one.here || !small) bounds.extend(one.at); });
    const map = new maplibregl.Map({
      container: box.firstElementChild, style: style(data), bounds: bounds, fitBoundsOptions: fit, minZoom: data.furthest - 1, maxZoom: data.closest,
      attributionControl: false, cooperativeGestures: true, dragRotate: false, touchPitch: false, pitchWithRotate: false,
      locale: {
        'Map.Title': words.label, 'NavigationControl.ZoomIn': words.nearer, 'NavigationControl.ZoomOut': words.further,
        'CooperativeGesturesHandler.WindowsHelpText': words.wheel, 'CooperativeGesturesHandler.MacHelpText': words.wheel, 'CooperativeGesturesHandler.MobileHelpText': words.fingers,
      },
    });
    maps.push([box, map]);
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    const marks = data.marks.map(function (one) { return mark(one).addTo(map); });
    function crowd() { box.classList.toggle('crowded', data.marks.length > MANY && map.getZoom() < READABLE); }
    crowd();
    map.on('zoom', crowd);
    if (words.press) press(map, words, marks[data.marks.findIndex(function (one) { return one.here; })]);
    map.once('idle', function () { change(box, true); map.resize(); map.fitBounds(bounds, fit); });
    /* Once it is there a tile that does not come leaves a gap; before that there is no map. */
    map.on('error', function () { if (box.hidden && failed.hidden) { map.remove(); maps.splice(maps.findIndex(function (one) { return one[1] === map; }), 1); failed.hidden = false; } });
  }

  function change(box, there) {
    box.hidden = !there;
    document.querySelectorAll('[data-sketch]').forEach(function (part) { part.toggleAttribute('hidden', there); });
  }

  function start() {
    maps.forEach(function (one) { if (!one[0].isConnected) one[1].remove(); });
    maps.splice(0, maps.length, ...maps.filter(function (one) { return one[0].isConnected; }));
    document.querySelectorAll('.ground:not([data-started])').forEach(function (box) {
      box.dataset.started = '1';
      maplibregl.setWorkerUrl(box.dataset.worker);
      try { draw(box); } catch (_error) { box.nextElementSibling.hidden = false; }
    });
  }
  start();
  document.addEventListener('htmx:afterSettle', start);
})();

// What the pages need of the browser and Blazor does not have: dialogs, long texts, downloads, light and dark.
(function () {
  'use strict';
  const root = document.documentElement;
  const kept = function () { try { return localStorage.getItem('extenddb-theme'); } catch { return null; } };
  const show = function (theme) { if (theme) root.dataset.theme = theme; };
  show(kept());

  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-theme-toggle]')) {
      const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      const theme = isDark ? 'light' : 'dark';
      show(theme);
      try { localStorage.setItem('extenddb-theme', theme); } catch { /* It holds for this page. */ }
    } else if (event.target.closest('[data-skip]')) {
      // A link to a part of the page would be one to another page, because of the base.
      event.preventDefault();
      const content = document.getElementById('content');
      if (content) content.focus();
    }
  });

  window.extenddbConsole = {
    showModal: function (dialog) { if (dialog && !dialog.open) dialog.showModal(); },
    close: function (dialog) { if (dialog) dialog.close(); },
    // As a stream: a message over the WebSocket has 32 KB at most, an item 400.
    text: function (area) { return new TextEncoder().encode(area.value); },
    download: async function (name, type, stream) {
      const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
    },
  };
})();

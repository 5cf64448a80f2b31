/* Read before the page is drawn, so that a dark one does not flash up light. */
if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.dataset.bsTheme = 'dark';

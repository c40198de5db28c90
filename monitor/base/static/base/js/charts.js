// Draws the charts of a page: every element with data-figure-url gets the figure that stands there.
"use strict";

(function () {
  const SMALL = 640; // below this width the small form of a chart is drawn
  const LARGEST_SMALL = 1.6; // how far the small form may grow
  const config = { locale: "nl", displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false };

  const address = (element, small) => {
    const query = new URLSearchParams(element.dataset.query || "");
    if (small) query.set("vorm", "klein");
    return `${element.dataset.figureUrl}?${query}`;
  };

  // A figure is laid out for its own width. On another place the whole drawing is scaled, so that nothing is cut off.
  const fit = (element, layout, small) => {
    const box = element.querySelector(".svg-container");
    const scale = Math.min(element.clientWidth / layout.width, small ? LARGEST_SMALL : 1);
    if (!box || scale === 1) return;
    box.style.transformOrigin = "0 0";
    box.style.transform = `scale(${scale})`;
    element.style.height = `${layout.height * scale}px`;
  };

  const say = (element, text) => {
    const line = document.createElement("p");
    line.className = "quiet small";
    line.textContent = text;
    element.replaceChildren(line);
  };

  const drawn = new Map(); // element → the width it was drawn for

  const draw = async (element) => {
    const width = element.clientWidth;
    const small = width < SMALL;
    drawn.set(element, width);
    try {
      const answer = await fetch(address(element, small), { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const figure = await answer.json();
      if (drawn.get(element) !== width) return; // the place changed meanwhile; that drawing counts
      figure.layout.dragmode = false;
      element.replaceChildren();
      element.style.height = "";
      await window.Plotly.newPlot(element, figure.data, figure.layout, config);
      fit(element, figure.layout, small);
      element.dataset.drawn = "true";
    } catch (error) {
      say(element, "De grafiek kon niet worden getekend. De tabel hieronder bevat dezelfde cijfers.");
    }
  };

  const places = document.querySelectorAll("[data-figure-url]");
  places.forEach(draw);

  let waiting = 0;
  window.addEventListener("resize", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      places.forEach((element) => {
        if (drawn.get(element) === element.clientWidth) return;
        window.Plotly.purge(element);
        draw(element);
      });
    }, 200);
  });
})();

/* What a user sees of a simulation's page. */
(() => {
  const rgb = colour => colour.match(/[\d.]+/g).slice(0, 3).map(Number);

  /* Of WCAG 2: how much lighter one colour is than another, 1 to 21. */
  function contrast(one, other) {
    const light = colour => {
      const [r, g, b] = colour.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  const paper = rgb(getComputedStyle(document.body).backgroundColor);

  /* How many points of a picture have about a colour. */
  function points(canvas, [r, g, b]) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let found = 0;
    for (let i = 0; i < data.length; i += 4) {
      const off = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
      if (data[i + 3] > 200 && off < 24) found++;
    }
    return found;
  }

  function chart(box) {
    const canvas = box.querySelector("canvas");
    const drawn = canvas ? canvas.getBoundingClientRect() : { width: 0, height: 0 };
    return {
      section: box.parentElement.id,
      title: box.querySelector("h3").textContent,
      width: drawn.width,
      height: drawn.height,
      /* The first line of a legend is of the x axis. */
      series: [...box.querySelectorAll(".u-legend .u-series")].slice(1).map(line => {
        const colour = rgb(getComputedStyle(line.querySelector(".u-marker")).borderTopColor);
        return {
          name: line.querySelector(".u-label").textContent,
          points: points(canvas, colour),
          contrast: contrast(colour, paper)
        };
      })
    };
  }

  const texts = [...document.querySelectorAll("h1, h2, h3, p, th, td, .u-label")].filter(e => e.textContent.trim());
  return {
    ready: document.body.dataset.ready,
    window: innerWidth,
    width: document.documentElement.scrollWidth,
    background: contrast(paper, [255, 255, 255]) < 3 ? "light" : "dark",
    leastContrast: Math.min(...texts.map(e => contrast(rgb(getComputedStyle(e).color), paper))),
    table: [...document.querySelectorAll("#summary tr")].map(row => [...row.cells].map(cell => cell.textContent)),
    charts: [...document.querySelectorAll(".chart")].map(chart)
  };
})()

// Takes text and charts out of the page: to the clipboard, or as a file.

/** Copies text; false where the browser does not allow it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Saves the plots of the card around an element as one picture: `svg` or `png`. */
export async function savePicture(element, kind, name) {
  element.open = false;
  const plots = [...element.closest(".card").querySelectorAll("svg.apexcharts-svg")];
  if (plots.length === 0) {
    return false;
  }
  const surface = getComputedStyle(document.documentElement).getPropertyValue("--ds-surface").trim();
  const width = Math.max(...plots.map(plot => plot.clientWidth));
  const height = plots.reduce((sum, plot) => sum + plot.clientHeight, 0);
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  picture.setAttribute("width", width);
  picture.setAttribute("height", height);
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const back = document.createElementNS(picture.namespaceURI, "rect");
  back.setAttribute("width", "100%");
  back.setAttribute("height", "100%");
  back.setAttribute("fill", surface);
  picture.append(back);
  let top = 0;
  for (const plot of plots) {
    const copyOf = plot.cloneNode(true);
    copyOf.setAttribute("y", top);
    copyOf.setAttribute("x", 0);
    top += plot.clientHeight;
    // Markup of the page inside the picture would keep it from being drawn.
    copyOf.querySelectorAll("foreignObject").forEach(node => node.remove());
    picture.append(copyOf);
  }
  const text = new XMLSerializer().serializeToString(picture);
  if (kind === "svg") {
    save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
    return true;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  save(await new Promise(resolve => canvas.toBlob(resolve, "image/png")), `${name}.png`);
  return true;
}

/** Saves text as a file. */
export function saveText(text, name, menu) {
  menu.open = false;
  save(new Blob([text], { type: "text/csv;charset=utf-8" }), name);
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

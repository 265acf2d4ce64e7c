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
  const card = element.closest(".card");
  const plots = [...card.querySelectorAll("svg.apexcharts-svg"), ...[...card.querySelectorAll(".heat")].map(drawn)];
  if (plots.length === 0) {
    return false;
  }
  const surface = getComputedStyle(document.documentElement).getPropertyValue("--ds-surface").trim();
  const size = plot => ({ width: plot.clientWidth || Number(plot.getAttribute("width")), height: plot.clientHeight || Number(plot.getAttribute("height")) });
  const width = Math.max(...plots.map(plot => size(plot).width));
  const height = plots.reduce((sum, plot) => sum + size(plot).height, 0);
  const picture = shape("svg", { xmlns: svg, width, height, viewBox: `0 0 ${width} ${height}` });
  picture.append(shape("rect", { width: "100%", height: "100%", fill: surface }));
  let top = 0;
  for (const plot of plots) {
    const copyOf = plot.cloneNode(true);
    copyOf.setAttribute("y", top);
    copyOf.setAttribute("x", 0);
    top += size(plot).height;
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

const svg = "http://www.w3.org/2000/svg";

function shape(name, attributes) {
  const element = document.createElementNS(svg, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  return element;
}

// A heat map is squares and words of the page: the same in the same places as a picture.
function drawn(map) {
  const frame = map.getBoundingClientRect();
  const picture = shape("svg", { width: frame.width, height: frame.height });
  for (const part of map.children) {
    const box = part.getBoundingClientRect();
    const style = getComputedStyle(part);
    const place = { x: box.left - frame.left, y: box.top - frame.top };
    if (part.tagName === "I") {
      picture.append(shape("rect", { ...place, width: box.width, height: box.height, rx: 2, fill: style.backgroundColor }));
    } else {
      const text = shape("text", { x: place.x, y: place.y + box.height / 2, "dominant-baseline": "central", fill: style.color, "font-size": style.fontSize, "font-family": style.fontFamily });
      text.textContent = part.textContent;
      picture.append(text);
    }
  }
  return picture;
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

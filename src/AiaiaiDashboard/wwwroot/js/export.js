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
  const plots = [...card.querySelectorAll("svg.apexcharts-svg"), ...[...card.querySelectorAll(".heat, .gauge, .dumbbells")].map(drawn)];
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
  // Names come from folders: what XML does not allow, a picture cannot have.
  const text = new XMLSerializer().serializeToString(picture).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
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

// What the server draws is boxes, words and small drawings of the page: the same in the same places as a picture.
function drawn(drawing) {
  const frame = drawing.getBoundingClientRect();
  const picture = shape("svg", { width: frame.width, height: frame.height });
  for (const part of drawing.querySelectorAll("*")) {
    const box = part.getBoundingClientRect();
    const style = getComputedStyle(part);
    const place = { x: box.left - frame.left, y: box.top - frame.top };
    if (part.ownerSVGElement || box.width === 0 || part.closest(".visually-hidden")) {
      continue;
    }
    if (part instanceof SVGSVGElement) {
      const copy = styled(part);
      Object.entries({ ...place, width: box.width, height: box.height }).forEach(([name, value]) => copy.setAttribute(name, value));
      picture.append(copy);
      continue;
    }
    const border = parseFloat(style.borderTopWidth);
    if (style.backgroundColor !== "rgba(0, 0, 0, 0)" || border > 0) {
      picture.append(shape("rect", {
        x: place.x + border / 2, y: place.y + border / 2, width: Math.max(0, box.width - border), height: Math.max(0, box.height - border), rx: Math.min(parseFloat(style.borderTopLeftRadius) || 0, box.height / 2),
        fill: style.backgroundColor, stroke: border > 0 ? style.borderTopColor : "none", "stroke-width": border, opacity: style.opacity,
      }));
    }
    for (const words of [...part.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())) {
      picture.append(...linesOf(words).map(line => {
        const text = shape("text", { x: line.left - frame.left, y: line.top - frame.top + line.height / 2, "dominant-baseline": "central", fill: style.color, "font-size": style.fontSize, "font-weight": style.fontWeight, "font-family": style.fontFamily, style: "white-space: pre" });
        text.textContent = line.text.replace(/\s/g, " ");
        return text;
      }));
    }
  }
  return picture;
}

// A drawing with what the stylesheets say of its shapes.
function styled(drawing) {
  const copy = drawing.cloneNode(true);
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((part, index) => {
    const style = getComputedStyle(originals[index]);
    ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "opacity"].forEach(name => part.setAttribute(name, style.getPropertyValue(name)));
  });
  return copy;
}

// The lines that a piece of text is broken into.
function linesOf(words) {
  const range = document.createRange();
  const lines = [];
  for (let at = 0; at < words.length; at++) {
    range.setStart(words, at);
    range.setEnd(words, at + 1);
    const box = range.getClientRects()[0];
    const last = lines.at(-1);
    if (box && last && Math.abs(box.top - last.top) < 2) {
      last.text += words.data[at];
    } else if (box) {
      lines.push({ left: box.left, top: box.top, height: box.height, text: words.data[at] });
    }
  }
  return lines.filter(line => line.text.trim());
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

// Places the words of a line plot: the last values, the name of the reference line and "Today". They are measured as drawn, and each takes the place where it
// covers least; what finds none that is free stays away, the least important first. Coordinates are those of the plot, from its upper left corner.

const gap = 8;
const breath = 2;
// A line that goes on level from its last point passes below the value.
const lift = 4;

/** Places the words of a line plot that has been drawn; `min` and `max` are the ends of its axis. Where they may stand depends on where its lines are: those that are read, not the dashed pace. */
export function arrange(chart, { days, series, reference }, { min, max }) {
  const { gridWidth: width, gridHeight: height, translateY } = chart.w.globals;
  const at = value => ((max - value) / (max - min)) * height;
  const paths = series.filter(line => !line.dashed).map(line =>
    line.values.map((value, day) => [((day + 0.5) / days.length) * width, value]).filter(([, value]) => value !== null).map(([x, value]) => [x, at(value)]));
  placeLabels(chart.el, { width, height, above: translateY, paths, reference: reference ? at(reference.value) : null });
}

// `above` is the room over the plot, `paths` the lines as lists of [x, y], and `reference` the height of that line or null.
function placeLabels(svg, { width, height, above, paths, reference }) {
  const taken = [];
  const lines = reference === null ? paths : [...paths, [[0, reference], [width, reference]]];
  const place = (text, spots) => {
    const { width: w, height: h } = text.getBBox();
    const best = spots
      .map(spot => boxAt(spot, w, h))
      .filter(box => box.left >= 0 && box.right <= width && box.top >= -above && box.bottom <= height && !taken.some(other => meet(box, other)))
      .map((box, order) => ({ box, cost: lines.filter(line => crosses(line, box)).length * 10 + order }))
      .sort((left, right) => left.cost - right.cost)[0];
    show(text, best?.box, h);
    if (best) {
      taken.push(best.box);
    }
  };

  for (const text of svg.querySelectorAll(".apexcharts-point-annotation-label")) {
    const marker = text.previousElementSibling?.previousElementSibling;
    const x = Number(marker?.getAttribute("cx"));
    const y = Number(marker?.getAttribute("cy"));
    const around = [
      { left: x + gap, bottom: y - lift }, { right: x - gap, bottom: y - lift }, { left: x + gap, top: y + lift }, { right: x - gap, top: y + lift },
      { centre: x, bottom: y - gap }, { centre: x, top: y + gap }, { right: x - gap, bottom: y - 22 }, { left: x + gap, bottom: y - 22 },
    ];
    taken.push({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 });
    place(text, around);
  }
  for (const text of svg.querySelectorAll(".apexcharts-yaxis-annotation-label")) {
    place(text, [{ left: 4, bottom: reference - breath }, { left: 4, top: reference + breath }, { right: width - 4, bottom: reference - breath }, { right: width - 4, top: reference + breath }]);
  }
  for (const text of svg.querySelectorAll(".apexcharts-xaxis-annotation-label")) {
    const box = text.getBBox();
    place(text, [{ centre: box.x + box.width / 2, top: box.y }]);
  }
}

function boxAt({ left, right, centre, top, bottom }, width, height) {
  const x = left ?? (right === undefined ? centre - width / 2 : right - width);
  const y = top ?? bottom - height;
  return { left: x, right: x + width, top: y, bottom: y + height };
}

const meet = (one, other) => one.left < other.right + breath && other.left < one.right + breath && one.top < other.bottom && other.top < one.bottom;

// Looked at in steps of 2 px: a line that only touches a corner covers nothing.
function crosses(path, box) {
  for (let index = 1; index < path.length; index++) {
    const [[fromX, fromY], [toX, toY]] = [path[index - 1], path[index]];
    for (let x = Math.max(fromX, box.left); x <= Math.min(toX, box.right); x += 2) {
      const y = toX === fromX ? toY : fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX);
      if (y > box.top + 1 && y < box.bottom - 1) {
        return true;
      }
    }
  }
  return false;
}

// ApexCharts draws a rectangle behind each text, as its sibling before it.
function show(text, box, height) {
  const back = text.previousElementSibling;
  for (const part of [text, back]) {
    part?.setAttribute("visibility", box ? "visible" : "hidden");
  }
  if (!box) {
    return;
  }
  const drop = Number(text.getAttribute("y")) - text.getBBox().y;
  text.setAttribute("text-anchor", "start");
  text.setAttribute("x", box.left);
  text.setAttribute("y", box.top + drop);
  back?.setAttribute("x", box.left);
  back?.setAttribute("y", box.top + (height - Number(back.getAttribute("height"))) / 2);
}

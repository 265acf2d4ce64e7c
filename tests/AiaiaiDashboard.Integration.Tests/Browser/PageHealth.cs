using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>What is wrong with the page a browser shows; nothing where all is well.</summary>
internal static class PageHealth
{
    // Text that lies over other text, that is cut off without a sign, or that should not be there at all, and a page that is wider than its window.
    private const string Readability =
        """
        () => {
          const faults = [];
          const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          if (wider > 0) {
            faults.push(`scrolls sideways by ${wider} px`);
          }
          const strange = document.body.innerText.match(/\b(NaN|Infinity|undefined|null|\[object)\b/);
          if (strange) {
            faults.push(`shows "${strange[0]}"`);
          }
          const boxes = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (!node.textContent.trim() || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || parent.closest('.visually-hidden, .skip, script, style, header, aside, select, foreignObject, [role=dialog]')) {
              continue;
            }
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const rect of range.getClientRects()) {
              let { left, right, top, bottom } = rect;
              let away = false;
              for (let around = parent; around && around !== document.body; around = around.parentElement) {
                const style = getComputedStyle(around);
                if (around.namespaceURI.endsWith('html') && style.display !== 'inline' && (style.overflowX !== 'visible' || style.overflowY !== 'visible')) {
                  const frame = around.getBoundingClientRect();
                  if (style.overflowX === 'hidden' && right > frame.right + 1 && !(style.textOverflow === 'ellipsis' && style.display !== 'flex' && style.display !== 'inline-flex') && left < frame.right) {
                    faults.push(`cuts off "${node.textContent.trim().slice(0, 60)}"`);
                  }
                  left = Math.max(left, frame.left); right = Math.min(right, frame.right); top = Math.max(top, frame.top); bottom = Math.min(bottom, frame.bottom);
                  away ||= left >= right || top >= bottom;
                }
              }
              const card = parent.closest('.card');
              if (!away && card && right > card.getBoundingClientRect().right + 1) {
                faults.push(`"${node.textContent.trim().slice(0, 60)}" leaves its card`);
              }
              if (!away && right - left > 1 && bottom - top > 1) {
                boxes.push({ node, left, right, top, bottom, text: node.textContent.trim().slice(0, 60) });
              }
            }
          }
          boxes.sort((a, b) => a.top - b.top);
          for (let i = 0; i < boxes.length; i++) {
            for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom - 3; j++) {
              const [a, b] = [boxes[i], boxes[j]];
              const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (a.node !== b.node && across > 2 && down > 3) {
                faults.push(`"${a.text}" and "${b.text}" overlap by ${across.toFixed(0)} x ${down.toFixed(0)} px`);
              }
            }
          }
          return [...new Set(faults)].slice(0, 12);
        }
        """;

    /// <summary>What breaks WCAG 2.2 AA.</summary>
    public static async Task<IEnumerable<string>> AxeFaultsAsync(IPage page)
    {
        // The inside of a chart is hidden from assistive technology; its frame and its table stand for it.
        var context = new AxeRunContext { Exclude = [new AxeSelector(".apexcharts-canvas")] };
        AxeResult result = await page.RunAxe(context, new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        });
        return result.Violations.Select(v => $"{v.Id} ({v.Impact}): {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}");
    }

    /// <summary>What cannot be read: overlapping or cut-off text, NaN and its like, and a page wider than its window.</summary>
    public static Task<string[]> ReadabilityFaultsAsync(IPage page) => page.EvaluateAsync<string[]>(Readability);
}

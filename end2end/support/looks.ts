// What must hold for every page that a person can see: nothing for axe to report in any colours, and
// no sideways scrolling on a phone or at twice the size.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const COLOURS = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced colours", media: { colorScheme: "light", forcedColors: "active" } },
] as const;

/** Widths in pixels of the page: a phone, and a laptop of 1280 at 200 %. */
const WIDTHS = [360, 640] as const;

/** Checks the page that is open, in all colours and widths. */
export async function looksRight(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  for (const { name, media } of COLOURS) {
    await page.emulateMedia(media);
    expect(await violations(page), `axe in ${name}`).toEqual([]);
  }
  await page.emulateMedia(COLOURS[0].media);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    expect(await tooWide(page), `wider than ${width} px`).toEqual([]);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 740 });
  expect(await violations(page), "axe on a phone").toEqual([]);
  await page.setViewportSize(before);
}

/** What axe reports, short enough to read. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`));
}

/** What sticks out of the page, if the page can be scrolled sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5);
    return out.slice(0, 5).map((one) => one.outerHTML.slice(0, 160)).concat(`the page is ${root.scrollWidth} px wide`);
  });
}

// What must hold for every page that a person can see: nothing for axe to report in any colours, a
// ring around what has the focus, targets for a thumb, and no sideways scrolling on a phone or at
// twice the size.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

type Media = Parameters<Page["emulateMedia"]>[0];

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// With forced colours the system paints every text, and what a style sheet says about colours is not
// what is seen; so contrast is asked only where the page insists on colours of its own.
const COLOURS: { name: string; media: Media; without: string[] }[] = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" }, without: [] },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" }, without: [] },
  { name: "forced colours", media: { colorScheme: "light", forcedColors: "active" }, without: ["color-contrast"] },
];

/** A phone, in pixels of the page. */
const PHONE = 360;
/** Widths at which nothing may stick out: a small phone or 400 % of 1280, a phone, and 200 %. */
const WIDTHS = [320, PHONE, 640] as const;

/** Checks the page that is open, in all colours and widths. */
export async function looksRight(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  for (const { name, media, without } of COLOURS) {
    await page.emulateMedia(media);
    // Colours change slowly where somebody may point; what is looked at is the end.
    await page.evaluate(() => {
      for (const one of document.getAnimations()) {
        if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
      }
    });
    expect(await violations(page, without), `axe in ${name}`).toEqual([]);
  }
  expect(await insisting(page), "texts with colours of their own among forced ones").toEqual([]);
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
  expect(await unmarked(page), "stops of the keyboard that do not show").toEqual([]);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    expect(await tooWide(page), `wider than ${width} px`).toEqual([]);
  }
  await page.setViewportSize({ width: PHONE, height: 740 });
  expect(await violations(page, []), "axe on a phone").toEqual([]);
  if (await page.locator("body.cand").count()) expect(await small(page), "small for a thumb").toEqual([]);
  await page.setViewportSize(before);
}

/** What axe reports, short enough to read. */
async function violations(page: Page, without: string[]): Promise<string[]> {
  // Without frames from elsewhere axe needs no second window, which would cost as much as the check.
  // What is in order is not told one by one: on long tables that would take longer than to find it out.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);
  const found = await axe.withTags(TAGS).disableRules(without).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`));
}

/** Texts that keep their colours where the system wants to choose them. */
function insisting(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((one) => getComputedStyle(one).forcedColorAdjust === "none" && one.textContent?.trim())
      .map((one) => one.outerHTML.slice(0, 160)),
  );
}

/** What takes the focus without a ring, of its own or around the label or row that it stands in. */
async function unmarked(page: Page): Promise<string[]> {
  // Rings are for keys: a press tells the browser that keys are in use.
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const ring = (one: Element) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
    };
    const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const out: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>(stops)) {
      if (!one.checkVisibility() || one.tabIndex < 0 || one.matches(":disabled")) continue;
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) continue;
      const around = [one, one.parentElement, one.closest("label, li, tr")];
      if (!around.some((at) => at && ring(at))) out.push(one.outerHTML.slice(0, 160));
    }
    // What shows itself only while it has the focus goes away again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return out;
  });
}

/** Controls of a candidate that are less than 44 px high or wide; links inside a sentence may be. */
function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = "button, .btn, summary, select, textarea, label:has(input), input:not([type=hidden], label input)";
    return [...document.querySelectorAll(controls)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".unseen, [tabindex='-1']"))
      // What shows itself only to a keyboard cannot be touched.
      .filter((one) => getComputedStyle(one).clipPath !== "inset(50%)")
      .filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 43.5 || height < 43.5;
      })
      .map((one) => `${Math.round(one.getBoundingClientRect().width)} x ${Math.round(one.getBoundingClientRect().height)}: ${one.outerHTML.slice(0, 160)}`);
  });
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

import type { Page } from 'playwright-core';

/** What axe does not look for and a page is held to all the same; each gives the elements that break it. */

/** Whether a word, a box or a line of it is cut off or pushed over the right edge; what can be moved sideways may be wider. */
const OVER_THE_EDGE = `(() => {
  const edge = document.documentElement.clientWidth;
  const isHeld = (each) => {
    for (let at = each.parentElement; at !== null; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    return false;
  };
  const over = [...document.querySelectorAll('body *')].filter((each) => {
    const { right, width, height } = each.getBoundingClientRect();
    return width > 1 && height > 1 && right > edge + 1 && each.checkVisibility() && !isHeld(each);
  });
  const scrolled = document.documentElement.scrollWidth - edge;
  return [...over.map((each) => each.outerHTML.slice(0, 160)), ...(scrolled > 0 ? ['the page itself, by ' + scrolled + ' px'] : [])];
})()`;

export const overTheEdge = (page: Page): Promise<string[]> => page.evaluate<string[]>(OVER_THE_EDGE);

/**
 * What looks the same with the keyboard's focus as without: nobody sees where they are. Styles of the element, of what stands
 * around it and behind it are compared, for a box that is drawn beside its input shows the focus for it.
 */
const UNSEEN_FOCUS = `(() => {
  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderTopColor', 'borderTopWidth', 'borderBottomColor', 'backgroundColor', 'stroke', 'strokeWidth', 'left'];
  const lookOf = (element, pseudo) => {
    if (element === null) return '';
    const style = getComputedStyle(element, pseudo);
    return LOOKS.map((name) => name.startsWith('outline') && style.outlineStyle === 'none' ? '' : style[name]).join();
  };
  const around = (element) => [element, element.parentElement, element.nextElementSibling, element.parentElement?.parentElement ?? null]
    .map((each) => lookOf(each)).join('|') + lookOf(element, '::after') + lookOf(element, '::before');
  const settle = () => { for (const each of document.getAnimations()) if (each.effect?.getComputedTiming().endTime !== Infinity) each.finish(); };
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
    (each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility() && each.getClientRects().length > 0);
  const unseen = [];
  for (const stop of stops) {
    document.activeElement.blur();
    settle();
    const before = around(stop);
    stop.focus({ preventScroll: true });
    settle();
    if (document.activeElement === stop && around(stop) === before) unseen.push(stop.outerHTML.slice(0, 200));
  }
  document.activeElement.blur();
  return unseen;
})()`;

export async function unseenFocus(page: Page): Promise<string[]> {
  // From a key that was pressed the browser knows that there is a keyboard, and shows the focus also where a script moves it.
  await page.keyboard.press('Tab');
  return page.evaluate<string[]>(UNSEEN_FOCUS);
}

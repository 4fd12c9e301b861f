import type { Page } from 'playwright-core';

interface Place {
  x: number;
  y: number;
}

/** One finger on the screen of a page with touch, as the browser itself hears it: scrolling and long presses are its own. */
export async function fingerOn(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (at: Place) => send('touchStart', [at]),
    /** Rests until what lies below it is lifted: a block that is dragged is seen as such. */
    rest: () => page.locator('[data-dragged]').first().waitFor(),
    /** Without a rest between, however busy the machine is. */
    glide: async (from: Place, to: Place, steps = 10): Promise<void> => {
      const parts = Array.from({ length: steps }, (_, step) => (step + 1) / steps);
      const at = (part: number) => ({
        x: from.x + (to.x - from.x) * part,
        y: from.y + (to.y - from.y) * part,
      });
      await Promise.all(parts.map((part) => send('touchMove', [at(part)])));
    },
    /** A swipe as a thumb makes it: down and on its way at once. */
    async swipe(from: Place, to: Place): Promise<void> {
      await Promise.all([this.down(from), this.glide(from, to, 20)]);
      await this.up();
    },
    up: () => send('touchEnd', []),
  };
}

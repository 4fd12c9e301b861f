import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Bitmap, Panel } from '../../../device/sign-ports.ts';
import { countingPage, greyPage, lettersPage } from './panel-pages.ts';

/** What a person may wait for the news that a sign is gone (F38). */
const GONE_MS = 2_000;

/** A sign of some kind, with a look at its far end. */
export interface PanelOnDesk {
  panel: Panel;
  /** What its lamps show; undefined = a sign that takes no pixels. */
  lamps?: () => Bitmap | Promise<Bitmap>;
  /** For a sign that takes no pixels: whether it is dark. */
  isDark?: () => boolean;
  /** Whether it is dimmer than at first. */
  isDimmed?: () => boolean;
  /** The line to it; undefined = it has none. */
  line?: {
    /** Grows with whatever is said to the sign, signs of life apart. */
    heard(): number;
    unplug(): void;
    plugBack(): void;
    /** Says these bytes to the host. */
    babble(bytes: Uint8Array): void;
    /** From now on it hears and says nothing. */
    silence(): void;
    /** Asks again until the sign is there. */
    isThere(): boolean;
  };
  close(): Promise<void>;
}

export interface PanelKind {
  open(): Promise<PanelOnDesk>;
  /** A page as the lamps of this kind make it, said without the driver's help; undefined = it takes no pixels. */
  seen?: (page: Bitmap) => Bitmap;
  /** Its protocol has answers, so that silence can be known; undefined = there is no line at all. */
  answers?: boolean;
}

/** What every driver of the port `Panel` owes the agent. */
export function panelSuite(name: string, kind: PanelKind): void {
  describe(`panel: ${name}`, () => {
    abilitiesAreTrue(kind);
    if (kind.seen === undefined) blanksWithoutPages(kind);
    else showsPages(kind, kind.seen);
    if (kind.answers !== undefined) livesWithItsLine(kind, kind.answers);
  });
}

async function opened({ open }: PanelKind): Promise<PanelOnDesk> {
  const desk = await open();
  onTestFinished(() => desk.close());
  await vi.waitFor(() => expect(desk.line?.isThere() ?? true).toBe(true), { timeout: 5_000 });
  return desk;
}

function abilitiesAreTrue(kind: PanelKind): void {
  test('what it can is done, what it cannot is refused and changes nothing', async () => {
    const desk = await opened(kind);
    const { panel, line } = desk;
    const { pixels, marquee, brightness, fallback, measures } = panel.abilities();
    expect(pixels).toBe(kind.seen !== undefined);
    const page = lettersPage(panel);
    const heard = line?.heard();
    const refusals = [
      ...(pixels ? [] : [() => panel.show(page)]),
      ...(marquee ? [] : [() => panel.show(page, stripOf(page))]),
      ...(brightness ? [] : [() => panel.setBrightness(10)]),
      ...(fallback ? [] : [() => panel.keepFallback(page, 60)]),
    ];
    for (const refused of refusals) await expect(refused()).rejects.toMatchObject({ code: 'panel-cannot' });
    expect(line?.heard()).toBe(heard);
    expect(measures).toEqual(expect.arrayContaining(Object.keys(await panel.measure())));

    if (pixels) await panel.show(page);
    if (marquee) await panel.show(page, stripOf(page));
    if (fallback) await panel.keepFallback(page, 60);
    if (!brightness) return;
    expect(desk.isDimmed?.()).toBe(false);
    await panel.setBrightness(10);
    await vi.waitFor(() => expect(desk.isDimmed?.()).toBe(true));
  });
}

function blanksWithoutPages(kind: PanelKind): void {
  test('is made dark', async () => {
    const desk = await opened(kind);
    expect(desk.isDark?.()).toBe(false);
    await desk.panel.blank();
    await vi.waitFor(() => expect(desk.isDark?.()).toBe(true));
  });
}

function showsPages(kind: PanelKind, seen: (page: Bitmap) => Bitmap): void {
  test('shows a page: the lamps hold just these pixels, and another page has another mark', async () => {
    const desk = await opened(kind);
    const { panel } = desk;
    const first = await panel.show(lettersPage(panel));
    await expectSeen(desk, seen(lettersPage(panel)));
    const second = await panel.show(greyPage(panel));
    await expectSeen(desk, seen(greyPage(panel)));
    expect(first.crc).toMatch(/^[0-9a-f]{8}$/);
    expect(second.crc).not.toBe(first.crc);
    expect(second.boardCrc).toBe(panel.abilities().readsBack ? second.crc : undefined);
  });

  test('pages given at once are shown in turn, the last one stands', async () => {
    const desk = await opened(kind);
    const pages = [1, 2, 3].map((count) => countingPage(desk.panel, count));
    const shown = await Promise.all(pages.map((page) => desk.panel.show(page)));
    expect(new Set(shown.map(({ crc }) => crc)).size).toBe(3);
    await expectSeen(desk, seen(countingPage(desk.panel, 3)));
  });

  test('blank is dark until the next page', async () => {
    const desk = await opened(kind);
    const { panel } = desk;
    await panel.show(lettersPage(panel));
    await panel.blank();
    await expectSeen(desk, countingPage(panel, 0));
    await panel.show(lettersPage(panel));
    await expectSeen(desk, seen(lettersPage(panel)));
  });

  test('a page of another size is refused and changes nothing', async () => {
    const desk = await opened(kind);
    const { panel, line } = desk;
    await panel.show(lettersPage(panel));
    const heard = line?.heard();
    const wider = lettersPage({ width: panel.width + 1, height: panel.height });
    await expect(panel.show(wider)).rejects.toMatchObject({ code: 'panel-refused' });
    expect(line?.heard()).toBe(heard);
    await expectSeen(desk, seen(lettersPage(panel)));
  });
}

function livesWithItsLine(kind: PanelKind, answers: boolean): void {
  test('line gone: told within two seconds; line back: works again', async () => {
    const desk = await opened(kind);
    await used(desk);
    desk.line?.unplug();
    const pulledAt = performance.now();
    await expect(used(desk)).rejects.toMatchObject({ code: expect.stringMatching(/^panel-(gone|silent)$/) });
    expect(performance.now() - pulledAt).toBeLessThan(GONE_MS);
    expect(desk.line?.isThere()).toBe(false);
    desk.line?.plugBack();
    await vi.waitFor(() => used(desk), { timeout: 8_000, interval: 200 });
    if (kind.seen !== undefined) await expectSeen(desk, kind.seen(lettersPage(desk.panel)));
  });

  test(answers ? 'a sign that says nothing is told as silent' : 'silence cannot be known', async () => {
    const desk = await opened(kind);
    await used(desk);
    desk.line?.silence();
    const silentFrom = performance.now();
    if (!answers) await expect(used(desk)).resolves.toBeUndefined();
    else
      await expect(used(desk)).rejects.toMatchObject({
        code: expect.stringMatching(/^panel-(gone|silent)$/),
      });
    expect(performance.now() - silentFrom).toBeLessThan(GONE_MS);
  });

  test('whatever the far end babbles, it goes on', async () => {
    const desk = await opened(kind);
    let state = 7;
    for (let round = 0; round < 20; round++)
      desk.line?.babble(
        Uint8Array.from({ length: 1_000 }, () => {
          state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
          return state >>> 24;
        }),
      );
    // A link that reads a broken frame in it may begin anew; what it is asked then it does.
    await vi.waitFor(() => used(desk), { timeout: 8_000, interval: 200 });
    if (kind.seen !== undefined) await expectSeen(desk, kind.seen(lettersPage(desk.panel)));
  });
}

/** The sign does what it is for: shows a page, or goes dark where it shows none. */
async function used({ panel }: PanelOnDesk): Promise<void> {
  if (panel.abilities().pixels) await panel.show(lettersPage(panel));
  else await panel.blank();
}

/** That the lamps show this, soon: the far end may still be at work when the driver has done its part. */
async function expectSeen({ lamps }: PanelOnDesk, wanted: Bitmap): Promise<void> {
  await vi.waitFor(async () => {
    const found = await lamps?.();
    expect([found?.width, found?.height]).toEqual([wanted.width, wanted.height]);
    expect(Buffer.compare(found?.rgb ?? Buffer.alloc(0), wanted.rgb)).toBe(0);
  });
}

function stripOf(strip: Bitmap) {
  return { strip, x: 0, y: 0, width: strip.width, pixelsPerSecond: 30, gapColumns: 16 };
}

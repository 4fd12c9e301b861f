import { boardPage } from '../../device/board/board-pixels.ts';
import { systemClock } from '../../device/drivers/machine/system-clock.ts';
import type { TextPainterEngine } from '../../device/drivers/painter/engine.ts';
import { DeviceError } from '../../device/errors.ts';
import { paintPages } from '../../device/panel/page-painter.ts';
import { onLamps } from '../../device/panel/picture/on-lamps.ts';
import { pngOf } from '../../device/panel/picture/png.ts';
import type { Bitmap, PaintedScreen, PaintRequest, PanelFace } from '../../device/sign-ports.ts';
import type { SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import type { PreviewedPage, PreviewedScreen, PreviewJob } from '../../server/signs/sign-painter.ts';

/** A page as a hall with such a sign will paint it: by the same code, with what it would leave out. Rejects `painter-failed`. */
export async function previewOf(job: PreviewJob, engine: TextPainterEngine): Promise<PreviewedPage> {
  const { page, band, picture } = job;
  let words: PreviewedPage['words'] = [];
  const painter = {
    paint: async (request: PaintRequest) => {
      const { screens, faults } = await engine.painted(request);
      words = faults;
      return screens;
    },
  };
  const parts = {
    ...{ painter, slot: { face: faceOf(job.face) }, clock: systemClock },
    ensurePicture: async () => picture ?? missing(),
  };
  const [painted] = await paintPages([page], band, parts, new AbortController().signal);
  const { screens = [], leftOut = [] } = painted ?? {};
  return { ...drawn(screens), leftOut: leftOut.map(({ part, reason }) => ({ part, reason })), words };
}

function faceOf({ strip_pixels: stripPixels, ...face }: SignFace): PanelFace {
  return { ...face, ...(stripPixels !== undefined && { stripPixels }) };
}

function missing(): never {
  throw new DeviceError('media-unreachable');
}

/** Moving pictures come round: each look of the sign is made into a PNG once. */
function drawn(screens: PaintedScreen[]): Pick<PreviewedPage, 'screens' | 'pictures'> {
  const places = new Map<string, number>();
  const placeOf = (bitmap: Bitmap): number => {
    const png = pngOf(onLamps(bitmap)).toString('base64');
    const place = places.get(png) ?? places.size;
    places.set(png, place);
    return place;
  };
  const told = screens.map(({ bitmap, marquee, ms }): PreviewedScreen => {
    const screen = { picture: placeOf(bitmap), crc: crcHex(crc32(boardPage(bitmap).pixels)), ms };
    if (marquee === undefined) return screen;
    const { strip, x, y, width, pixelsPerSecond, gapColumns } = marquee;
    const where = { x, y, width, columns: strip.width, height: strip.height };
    const run = { ...where, pixels_per_second: pixelsPerSecond, gap_columns: gapColumns };
    return { ...screen, running: { ...run, picture: placeOf(strip) } };
  });
  return { screens: told, pictures: [...places.keys()] };
}

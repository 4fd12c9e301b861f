import type { Page, PictureRef } from '../../firmware-protocol/content/announcement.ts';
import { BANDS, type Band } from '../../firmware-protocol/content/band.ts';
import type { PanelEvidence } from '../../firmware-protocol/content/report.ts';
import { isDeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { PaintedScreen, PaintRequest, TextPainter } from '../sign-ports.ts';
import type { PanelSlot } from './panel-slot.ts';

export type LeftOut = NonNullable<PanelEvidence['left_out']>[number];

/** The screens of a page, and what of it they lack. */
export interface PaintedPage {
  screens: PaintedScreen[];
  leftOut: LeftOut[];
}

export interface PagePainterParts {
  slot: PanelSlot;
  painter: TextPainter;
  clock: Pick<Clock, 'after'>;
  /** Rejects with a `media-` DeviceError; fetches until the signal gives it up. */
  ensurePicture: (picture: PictureRef, signal: AbortSignal) => Promise<string>;
}

/** How long the words wait for their picture: a warning hardly, an entry of the programme within the time it is made ready in. */
const PICTURE_WAIT_MS = { alert: 1_000, others: 20_000 } as const;

/** What the painter may refuse of a page whose words it could draw. */
const REFUSED_PARTS = { 'picture-undecodable': 'picture', 'qr-unfit': 'qr' } as const;

/**
 * One of the pages, painted for the sign. The words are what matters: a picture that does not come, or cannot be shown, and
 * a QR code that the sign is too small for, are left out and told of. Rejects `painter-failed`.
 */
export async function paintPage(
  { pages, index, band }: { pages: Page[]; index: number; band: Band },
  parts: PagePainterParts,
  signal: AbortSignal,
): Promise<PaintedPage> {
  const page = pages[index];
  if (page === undefined) throw new RangeError(`no page ${index}`);
  const leftOut: LeftOut[] = [];
  const leave = (part: LeftOut['part'], reason: string) => leftOut.push({ page: index + 1, part, reason });

  let content: PageContent = { type: 'page', page, band };
  if (page.picture !== undefined) {
    const fetched = await fetchInTime(page.picture, band, parts, signal);
    if ('path' in fetched) content = { ...content, picture: fetched.path };
    else leave('picture', fetched.reason);
  }
  for (;;) {
    try {
      return { screens: await parts.painter.paint({ ...parts.slot.face, content }), leftOut };
    } catch (error) {
      const part = refusedPart(error);
      if (part === undefined || leftOut.some((left) => left.part === part)) throw error;
      leave(part, isDeviceError(error) ? error.code : 'internal');
      content = without(part, content);
    }
  }
}

async function fetchInTime(
  picture: PictureRef,
  band: Band,
  { ensurePicture, clock }: PagePainterParts,
  signal: AbortSignal,
): Promise<{ path: string } | { reason: string }> {
  const late = new AbortController();
  const waitMs = band >= BANDS.alert ? PICTURE_WAIT_MS.alert : PICTURE_WAIT_MS.others;
  const cancel = clock.after(waitMs, () => late.abort());
  try {
    return { path: await ensurePicture(picture, AbortSignal.any([signal, late.signal])) };
  } catch (error) {
    if (!isDeviceError(error)) throw error;
    return { reason: error.code };
  } finally {
    cancel();
  }
}

function refusedPart(error: unknown): LeftOut['part'] | undefined {
  const code = isDeviceError(error) ? error.code : undefined;
  return code === 'picture-undecodable' || code === 'qr-unfit' ? REFUSED_PARTS[code] : undefined;
}

type PageContent = Extract<PaintRequest['content'], { type: 'page' }>;

function without(part: LeftOut['part'], { picture, page, ...rest }: PageContent): PageContent {
  if (part === 'picture') return { ...rest, page };
  const { qr: _, ...words } = page;
  return { ...rest, page: words, ...(picture !== undefined && { picture }) };
}

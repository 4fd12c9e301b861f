import type { Page } from '../../firmware-protocol/content/announcement.ts';
import type { Band } from '../../firmware-protocol/content/band.ts';
import type { PagePart, PanelEvidence } from '../../firmware-protocol/content/report.ts';
import { isDeviceError } from '../errors.ts';
import type { PaintedScreen, PaintRequest, TextPainter } from '../sign-ports.ts';
import { type Fetched, fetchPictures, type PictureSource } from './page-pictures.ts';
import type { PanelSlot } from './panel-slot.ts';

export type LeftOut = NonNullable<PanelEvidence['left_out']>[number];

/** The screens of a page, and what of it they lack. */
export interface PaintedPage {
  screens: PaintedScreen[];
  leftOut: LeftOut[];
}

export interface PagePainterParts extends PictureSource {
  slot: Pick<PanelSlot, 'face'>;
  painter: TextPainter;
}

/**
 * Pages painted for the sign. The words are what matters: a picture that does not come or cannot be shown, and a QR code that
 * the sign is too small for, are left out and told of. Rejects `painter-failed`.
 */
export async function paintPages(
  pages: Page[],
  band: Band,
  parts: PagePainterParts,
  signal: AbortSignal,
): Promise<PaintedPage[]> {
  const pictures = await fetchPictures(pages, band, parts, signal);
  const painted: PaintedPage[] = [];
  for (const [index, page] of pages.entries()) {
    signal.throwIfAborted();
    const fetched = page.picture && pictures.get(page.picture.sha256);
    const { screens, missing } = await paintPage({ type: 'page', page, band }, fetched, parts);
    painted.push({ screens, leftOut: missing.map((each) => ({ page: index + 1, ...each })) });
  }
  return painted;
}

type PageContent = Extract<PaintRequest['content'], { type: 'page' }>;
type Missing = Omit<LeftOut, 'page'>;

async function paintPage(
  words: PageContent,
  fetched: Fetched | undefined,
  { painter, slot }: PagePainterParts,
): Promise<{ screens: PaintedScreen[]; missing: Missing[] }> {
  const missing: Missing[] = [];
  let content = words;
  if (fetched !== undefined && 'path' in fetched) content = { ...words, picture: fetched.path };
  else if (fetched !== undefined) missing.push({ part: 'picture', reason: fetched.reason });
  for (;;) {
    try {
      return { screens: await painter.paint({ ...slot.face, content }), missing };
    } catch (error) {
      const part = partAtFault(error, content);
      if (part === undefined || !isDeviceError(error)) throw error;
      missing.push({ part, reason: error.code });
      content = without(part, content);
    }
  }
}

/** What of the page the painter stumbled over; undefined = its words, or the painter itself. */
function partAtFault(error: unknown, { picture, page }: PageContent): PagePart | undefined {
  if (page.qr !== undefined && isDeviceError(error, 'qr-unfit')) return 'qr';
  // A picture may end the painter itself: the words get a painter of their own before the page is given up.
  const byPicture = isDeviceError(error, 'picture-undecodable') || isDeviceError(error, 'painter-failed');
  return picture !== undefined && byPicture ? 'picture' : undefined;
}

function without(part: PagePart, { picture, page, ...rest }: PageContent): PageContent {
  if (part === 'picture') return { ...rest, page };
  const { qr: _, ...words } = page;
  return { ...rest, page: words, ...(picture !== undefined && { picture }) };
}

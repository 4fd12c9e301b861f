import type { Announcement, PanelContent } from '../../firmware-protocol/content/announcement.ts';
import { BANDS_OF_KIND } from '../../firmware-protocol/content/order.ts';
import type { PreviewAnswer, PreviewRequest } from '../../firmware-protocol/mqtt/sign-requests.ts';
import type { OperatorIdentity } from '../ports.ts';
import { fitted, PREVIEW_BYTES } from '../signs/fitted-page.ts';
import { previewFaults } from '../signs/preview-faults.ts';
import { resolvedTargets } from './groups.ts';
import { mediaOf, withLibraryFacts } from './media-of.ts';
import { type MeantFaces, meantFaces } from './preview-faces.ts';
import type { RequestNeeds } from './request-row.ts';
import { announcementOf } from './short-form.ts';
import { refuseTargets } from './targets.ts';

/** What a push would show on the signs that it is meant for. */
export async function preview(
  asker: OperatorIdentity,
  request: PreviewRequest,
  needs: RequestNeeds,
): Promise<PreviewAnswer> {
  const to = request.to && (await resolvedTargets(request.to, 'to', needs));
  if (to !== undefined) await refuseTargets(asker, to, 'to', needs);
  const said = await shownBy(request, needs);
  const meant = await meantFaces(request.faces, to, needs);
  return {
    signs: said === undefined ? [] : await painted(request, said, meant, asker.user, needs),
    ...(meant.halls && { halls: meant.halls }),
  };
}

/** Undefined = it says nothing on a sign. */
async function shownBy(request: PreviewRequest, needs: RequestNeeds): Promise<PanelContent | undefined> {
  const { announcement } = request;
  if (announcement !== undefined) {
    const { tower: _unheard, ...seen } = announcement;
    return (await withLibraryFacts(seen, needs)).panel;
  }
  const named = request.picture === undefined ? [] : [{ sha256: request.picture, path: 'picture' }];
  const [picture] = await mediaOf(named, needs.pictures);
  const { title, text, hotline, qr, kind } = request;
  const words: Announcement = announcementOf({ kind, title, text, hotline, qr }, [], picture);
  return words.panel;
}

async function painted(
  request: PreviewRequest,
  { pages }: PanelContent,
  { faces }: MeantFaces,
  by: string,
  { previews }: RequestNeeds,
): Promise<PreviewAnswer['signs']> {
  const band = request.band ?? BANDS_OF_KIND[request.kind][0];
  const wanted = pages
    .map((page, at) => ({ page, number: at + 1 }))
    .filter(({ number }) => request.page === undefined || request.page === number);
  const signs: PreviewAnswer['signs'] = [];
  let room: number = PREVIEW_BYTES;
  for (const { face, halls } of faces) {
    const shown = await Promise.all(
      wanted.map(async ({ page, number }) => ({
        number,
        made: await previews.paint({ face, page, band }, by),
      })),
    );
    const told = shown.map(({ number, made }) => {
      const path = request.announcement === undefined ? '' : `announcement.panel.pages[${number - 1}].`;
      const page = fitted(number, made, previewFaults(made, path), room);
      room -= page.bytes;
      return page.told;
    });
    signs.push({ face, ...(halls !== undefined && { halls }), pages: told });
  }
  return signs;
}

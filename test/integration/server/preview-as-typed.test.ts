import sharp from 'sharp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { stateWith } from '../../unit/server/requests/province.ts';
import { ADMIN_PASSWORD, Town } from './town.ts';

const TEXT = 'ระวังน้ำท่วมฉับพลัน ยกของขึ้นที่สูง';

it('what is typed is painted for the signs of the halls it is meant for, with an uploaded picture', async () => {
  const town = await Town.found('embedded');
  onTestFinished(() => town.close());
  const hall = await town.hall('hall-mae', '43010101');
  const sign = { width: 96, height: 48, depth: 'rgb565' as const, marquee: false };
  const state = stateWith({ panel: { works: true } }, { sign });
  await hall.guest?.publish(topicOf('state', hall.topic), JSON.stringify(state), { retain: true });
  await vi.waitFor(async () => expect((await town.row('hall-mae'))?.state?.sign).toEqual(sign));

  const logo = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#e07313' } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(logo)]), 'logo.png');
  const uploaded = await fetch(`${town.server.httpUrl}/picture`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}` },
    body: form,
  });
  const { sha256 } = JSON.parse(await uploaded.text());

  for (const typed of ['ระวัง', 'ระวังน้ำท่วม', TEXT]) {
    const { signs, halls } = await town.ask('preview', { to: ['4301'], text: typed, picture: sha256 });
    expect(halls).toEqual({ painted: 1, others: 0, without: 0, untold: 0 });
    expect(signs).toMatchObject([{ face: sign, halls: 1, pages: [{ page: 1, faults: [] }] }]);
    const png = Buffer.from(signs[0]?.pages[0]?.pictures[0] ?? '', 'base64');
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 96, height: 48, channels: 3 });
    const { dominant } = await sharp(png).stats();
    expect([dominant.r, dominant.g, dominant.b].some((value) => value > 0)).toBe(true);
  }
});

import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PictureInfo } from '../../../firmware-protocol/http/picture.ts';
import { basic, fileForm, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const post = (body: FormData, user = 'somchai') =>
  fetch(`${world.url}/picture`, { method: 'POST', body, headers: basic(user) });
const poster = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#d00000' } })
    .png()
    .toBuffer();

it('an uploaded picture is described, kept, and fetched by a hall as what it is', async () => {
  const response = await post(fileForm(await poster(), 'ฉีดวัคซีน_ฟรี.png'));
  expect(response.status).toBe(200);
  const info = PictureInfo.parse(await response.json());
  expect(info).toMatchObject({ width: 64, height: 48, frames: 1, type: 'image/png', title: 'ฉีดวัคซีน ฟรี' });
  expect(await world.remains()).toEqual({ scratch: 0, media: [info.sha256] });

  const fetched = await fetch(`${world.url}/media/${info.sha256}`, { headers: basic('nongkhai-1') });
  const bytes = new Uint8Array(await fetched.arrayBuffer());
  expect(fetched.headers.get('content-type')).toBe('image/png');
  expect(bytes.length).toBe(info.bytes);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(info.sha256);
  const again = PictureInfo.parse(await (await post(fileForm(await poster(), 'อีกครั้ง.png'))).json());
  expect(again).toEqual(info);
});

it('what is no picture is refused in both languages, and nothing of it is left', async () => {
  const before = await world.remains();
  const response = await post(fileForm('ประกาศ', 'a.png'));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    code: 'upload-not-picture',
    th: expect.stringMatching(/[ก-๙]/),
  });
  expect(await world.remains()).toEqual(before);
});

it('who only reads may not upload; nobody may without a password', async () => {
  expect((await post(fileForm(await poster(), 'a.png'), 'malee')).status).toBe(403);
  const form = fileForm(await poster(), 'a.png');
  expect((await fetch(`${world.url}/picture`, { method: 'POST', body: form })).status).toBe(401);
});

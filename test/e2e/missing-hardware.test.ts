import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import type { RequestOf } from '../../firmware-protocol/mqtt/requests.ts';
import { ptyAvailable } from '../../scripts/virtual-board/pty.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import {
  endsOf,
  events,
  foundCountry,
  recordedSpeech,
  say,
  stateOf,
  temporaryFolder,
  until,
} from './setting.ts';

const folder = await temporaryFolder();
const asoundrc = join(folder, 'asoundrc');
const SIGN = { width: 64, height: 32 };
let country: Country;
/** Its sign's cable is pulled; it never had a board; its sound card is not in. */
let pulled: Hall;
let boardless: Hall;
let cardless: Hall;
/** Its amplifier and its sign hang on one cable. */
let mute: Hall;
let media: string[];
/** Two seconds on the sign, and the same with a voice. */
const shortly = { title: 'น้ำท่วม', panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง', seconds: 2 }] } };
let spoken: RequestOf<'push'>['announcement'];

beforeAll(async () => {
  await writeFile(asoundrc, '');
  const line = join(folder, 'hall-pulled', 'board');
  country = await foundCountry(
    folder,
    {
      device: 'hall-pulled',
      village: '43010101',
      ...(ptyAvailable() && { config: { board: { line, panel: SIGN } } }),
    },
    {
      device: 'hall-boardless',
      village: '43010102',
      config: { board: { line: 'tcp:127.0.0.1:1', panel: SIGN } },
    },
    {
      device: 'hall-cardless',
      village: '43010103',
      config: { tower: { player: { type: 'alsa', device: 'later' } } },
      env: { ALSA_CONFIG_PATH: asoundrc },
    },
    { device: 'hall-mute', village: '43010104' },
  );
  [pulled, boardless, cardless, mute] = country.halls as [Hall, Hall, Hall, Hall];
  await country.wake([]);
  const { sha256, bytes, ms } = await recordedSpeech(country);
  media = [sha256];
  spoken = { ...shortly, tower: { chime: 'none', parts: [{ type: 'media', sha256, bytes, ms }] } };
});

async function works(hall: Hall): Promise<string> {
  const state = await stateOf(country, hall);
  const outputs = Object.entries(state?.outputs ?? {}).filter(([, output]) => output.works);
  return [...outputs.map(([name]) => name), ...(state?.warnings ?? [])].join(' ');
}

/** Of this kind, in order: on a busy machine a sign may come late, and a box says that it is busy. */
async function warned(hall: Hall, code: string): Promise<string[]> {
  return (await events(country, hall)).flatMap((event) =>
    event.type === 'warning' && event.code === code ? [event.raised ? 'raised' : 'cleared'] : [],
  );
}

test.concurrent('a board that never was there: the tower speaks, and both halves are told', async () => {
  await until(async () => expect(await works(boardless)).toBe('tower panel-gone'));
  const order = await say(country, { to: ['43010102'], announcement: spoken });
  await until(async () =>
    expect(await endsOf(country, boardless, order)).toEqual(['panel rejected panel-gone', 'tower finished']),
  );
  expect(await wavFilesIn(boardless.wavFolder)).toHaveLength(1);
  expect(await warned(boardless, 'panel-gone')).toEqual(['raised']);
});

test.concurrent('no sound card: the sign shows it, both halves are told; put in, it sounds again', async () => {
  await until(async () => expect(await works(cardless)).toBe('panel no-sound-device'));
  const order = await say(country, { to: ['43010103'], announcement: spoken });
  await until(async () =>
    expect(await endsOf(country, cardless, order)).toEqual([
      'panel finished',
      'tower rejected no-sound-device',
    ]),
  );
  expect(cardless.board.relay.timeline()).toEqual([]);
  await writeFile(asoundrc, 'pcm.later { type null }\n');
  const again = await say(country, { to: ['43010103'], media });
  await until(async () => expect(await endsOf(country, cardless, again)).toEqual(['tower finished']));
  await until(async () => expect(await works(cardless)).toBe('tower panel'));
  expect(await warned(cardless, 'no-sound-device')).toEqual(['raised', 'cleared']);
});

test
  .skipIf(!ptyAvailable())
  .concurrent(
    'the cable of the sign is pulled while it shows: the tower goes on, and the sign when it is back',
    async () => {
      await until(async () => expect(await works(pulled)).toBe('tower panel'));
      // Text that runs in begins dark, as a sign does that has shown nothing yet.
      await until(() => expect(pulled.board.display.lit().some(Boolean)).toBe(true));
      const text = 'ขอเชิญประชุมหมู่บ้าน '.repeat(10);
      const idle = pulled.board.display.shownCrc();
      const order = await say(country, { to: ['43010101'], media, times: 2, text });
      await until(async () => expect((await stateOf(country, pulled))?.outputs.panel?.play).toBe(order));
      // It has the sign before its first page is there; one that was never seen is rejected, not interrupted.
      await until(async () => expect(pulled.board.display.shownCrc()).not.toBe(idle));
      await pulled.plug.unplug();
      await until(async () => expect(await works(pulled)).toBe('tower panel-gone'));
      await until(async () =>
        expect(await endsOf(country, pulled, order)).toEqual([
          'panel interrupted panel-gone',
          'tower finished',
        ]),
      );
      await pulled.plugBack();
      await until(async () => expect(await works(pulled)).toBe('tower panel'));
      const again = await say(country, { to: ['43010101'], announcement: shortly });
      await until(async () => expect(await endsOf(country, pulled, again)).toEqual(['panel finished']));
      expect((await warned(pulled, 'panel-gone')).slice(-2)).toEqual(['raised', 'cleared']);
    },
  );

test
  .skipIf(!ptyAvailable())
  .concurrent(
    'the amplifier hangs on the cable that is pulled: no sound is claimed that nobody heard',
    async () => {
      await mute.plug.unplug();
      await until(async () => expect(await works(mute)).toContain('panel-gone'));
      const order = await say(country, { to: ['43010104'], media });
      await until(async () =>
        expect(await endsOf(country, mute, order)).toEqual(['tower rejected amplifier-failed']),
      );
      expect(await wavFilesIn(mute.wavFolder)).toEqual([]);
      await mute.plugBack();
      // Told off as soon as its board has come, the amplifier is no warning any more before anybody uses it.
      await until(async () => expect(await works(mute)).toBe('tower panel'));
      const again = await say(country, { to: ['43010104'], media });
      await until(async () => expect(await endsOf(country, mute, again)).toEqual(['tower finished']));
      expect(await warned(mute, 'amplifier-failed')).toEqual(['raised', 'cleared']);
    },
  );

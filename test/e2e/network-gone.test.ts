import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { TOWER_TIMES } from '../../device/tower/tower-times.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { find } from '../integration/sound/correlation.ts';
import { SPEECH_WAV } from '../integration/sound/speech.ts';
import {
  endsOf,
  events,
  foundCountry,
  recordedSpeech,
  samplesIn,
  stateOf,
  temporaryFolder,
  until,
} from './setting.ts';

const VILLAGE = '43010101';
/** Time for the programme and its sound to arrive before the network goes. */
const DUE_IN_MS = 6_000;
/** A few milliseconds on a machine of its own; this one runs other tests. */
const ON_TIME_MS = 400;
/** Long enough to be noticed, short enough that the back-off of the hall is still short. */
const GONE_BEFORE_MS = 1_500;

test('a programme plays on time with the network gone, and is proven when it is back', async () => {
  const folder = await temporaryFolder();
  const country = await foundCountry(folder, { device: 'hall-alone', village: VILLAGE });
  const [hall] = country.halls;
  if (hall === undefined) throw new Error('no hall');
  await country.wake();
  const { sha256, bytes, ms } = await recordedSpeech(country);
  const dueAt = Math.ceil((Date.now() + DUE_IN_MS) / 1_000) * 1_000;
  const starts = instantOf(dueAt).slice(0, 19);
  await country.operator.ask('programme', {
    area: '4301',
    // It begins within seconds, on purpose.
    accept: ['frozen'],
    entries: [
      {
        ...{ id: 'news', starts, rule: 'FREQ=DAILY', band: 40, outputs: ['tower'] },
        announcement: {
          title: 'ข่าวประจำวัน',
          tower: { chime: 'ding', parts: [{ type: 'media', sha256, bytes, ms }] },
        },
      },
    ],
  });
  await until(async () => expect((await stateOf(country, hall))?.programmes).toHaveLength(1));
  await until(() => access(join(hall.folder, 'data', 'media', sha256)));
  await until(() => expect(Date.now()).toBeGreaterThan(dueAt - GONE_BEFORE_MS));
  await country.stopServer();
  expect(Date.now()).toBeLessThan(dueAt);
  const wav = await until(async () => {
    const [path] = await wavFilesIn(hall.wavFolder);
    if (path === undefined) throw new Error('nothing has sounded yet');
    return path;
  });
  const { birthtimeMs } = await stat(wav);
  expect(Math.abs(birthtimeMs + TOWER_TIMES.countInMs - dueAt)).toBeLessThan(ON_TIME_MS);

  await country.startServer();
  const play = `4301/news/${starts.replaceAll(/[-:]/g, '')}`;
  await until(async () => expect(await endsOf(country, hall, play)).toEqual(['tower finished']));
  const end = (await events(country, hall)).find((event) => event.type === 'ended');
  const startedAt = end?.type === 'ended' ? epochMsOf(end.started_at ?? '') : Number.NaN;
  expect(Math.abs(startedAt - dueAt)).toBeLessThan(ON_TIME_MS);
  expect(await wavFilesIn(hall.wavFolder)).toHaveLength(1);
  const speech = await samplesIn(SPEECH_WAV);
  expect(find(speech, await samplesIn(wav)).likeness).toBeGreaterThan(0.9);
});

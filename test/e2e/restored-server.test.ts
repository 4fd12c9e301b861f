import { execFile } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { find } from '../integration/sound/correlation.ts';
import { SPEECH_WAV } from '../integration/sound/speech.ts';
import { endsOf, foundCountry, recordedSpeech, samplesIn, say, temporaryFolder, until } from './setting.ts';

const run = promisify(execFile);
const VILLAGE = '43010101';

test('the disk of the server is lost: from its backup the province goes on, and what it played before is heard', async () => {
  const folder = await temporaryFolder();
  const country = await foundCountry(folder, { device: 'hall-mae', village: VILLAGE });
  const [hall] = country.halls;
  if (hall === undefined) throw new Error('no hall');
  await country.wake();
  const { sha256 } = await recordedSpeech(country);
  const before = await say(country, { to: [VILLAGE], media: [sha256] });
  await until(async () => expect(await endsOf(country, hall, before)).toEqual(['tower finished']));

  const config = join(folder, 'server.json');
  await writeFile(config, JSON.stringify({ data: 'server' }));
  const prakat = async (...args: string[]) => {
    const command = ['dist/prakat.mjs', 'server', ...args, '--config', config, '--json'];
    return JSON.parse((await run(process.execPath, command)).stdout);
  };
  const file = join(folder, 'ประจำวัน.backup');
  expect(await prakat('backup', file)).toMatchObject({ media: { files: 1, inside: 1, missing: [] } });

  await country.stopServer();
  // What the hall kept of it is lost as well: the sound must come from the server.
  await hall.stopAgent();
  await rm(join(hall.folder, 'data', 'media'), { recursive: true, force: true });
  await rename(join(folder, 'server'), join(folder, 'lost'));
  expect(await prakat('restore', file)).toMatchObject({ media: { inside: 1, missing: [] } });
  await country.startServer();
  await country.wake();

  const after = await say(country, { to: [VILLAGE], media: [sha256] });
  await until(async () => expect(await endsOf(country, hall, after)).toEqual(['tower finished']));
  const [first = '', second = '', ...more] = await wavFilesIn(hall.wavFolder);
  expect(more).toEqual([]);
  const speech = await samplesIn(SPEECH_WAV);
  for (const wav of [first, second]) expect(find(speech, await samplesIn(wav)).likeness).toBeGreaterThan(0.9);
  // Its reports of before are known too.
  expect(await endsOf(country, hall, before)).toEqual(['tower finished']);
});

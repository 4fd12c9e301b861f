import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { OwnEars } from '../../../scripts/technician/diagnose/own-ears.ts';
import { agentTester } from '../../../scripts/technician/diagnose/tester.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { PATIENCE, Stage } from '../agent/stage.ts';
import { temporaryFolder } from '../sound/folder.ts';

const folder = await temporaryFolder();
const before = process.env.ALSA_CONFIG_PATH;
afterAll(() => {
  if (before === undefined) delete process.env.ALSA_CONFIG_PATH;
  else process.env.ALSA_CONFIG_PATH = before;
});

/** A receiver on which somebody speaks for half a minute: a tone at half of full scale, -6 dBFS. */
async function receiver(): Promise<void> {
  const tone = Int16Array.from({ length: 30 * SAMPLE_RATE_HZ }, (_, at) => 16_384 * Math.sin(at / 10));
  const heard = join(folder, 'heard.raw');
  await writeFile(heard, Buffer.from(tone.buffer));
  process.env.ALSA_CONFIG_PATH = join(folder, 'asoundrc');
  await writeFile(
    process.env.ALSA_CONFIG_PATH,
    `pcm.quiet { type null }\npcm.receiver { type file slave.pcm quiet file /dev/null infile "${heard}" format raw }\n`,
  );
}

it('the running agent tells what its receiver hears', async () => {
  await receiver();
  const stage = await Stage.open();
  await stage.hall({ inputs: { relay: { device: 'receiver' } } });
  const { inputs } = agentTester(new LocalAgent(join(stage.folder, 'data')));
  await expect
    .poll(async () => (await inputs())[0], PATIENCE)
    .toMatchObject({ name: 'relay', there: true, open: true, peak_cdbfs: -602 });
});

it('hears through the real arecord without an agent, and tells the input whose card is out', async () => {
  await receiver();
  const { inputs } = DeviceConfig.parse({
    data: '/nonexistent',
    inputs: { relay: { device: 'receiver' }, microphone: { device: 'hw:17,4' } },
  });
  const ears = new OwnEars(inputs);
  onTestFinished(() => ears.close());
  await expect
    .poll(() => ears.levels(), { timeout: 10_000 })
    .toEqual([
      { name: 'microphone', there: false, open: false },
      { name: 'relay', there: true, open: false, peak_cdbfs: -602, rms_cdbfs: expect.any(Number) },
    ]);
});

it('a hall without inputs has none', async () => {
  const ears = new OwnEars({});
  expect(await ears.levels()).toEqual([]);
  await ears.close();
});

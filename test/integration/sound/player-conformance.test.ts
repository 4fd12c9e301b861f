import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { WavPlayer } from '../../../device/drivers/sound/wav-player.ts';
import { FakePlayer } from '../../unit/tower/fake-sound.ts';
import { alsaCapture } from './alsa-capture.ts';
import { temporaryFolder } from './folder.ts';
import { playerConforms } from './player-conformance.ts';
import { samplesOf, samplesOfWav } from './speech.ts';

const folder = await temporaryFolder();
const captured = await alsaCapture(folder);

describe('a sound card that is a folder', () => {
  playerConforms(async () => {
    const player = new WavPlayer(join(folder, 'wav'));
    const heard = async () => samplesOfWav((await player.files()).at(-1) ?? 'none');
    return { player, heard };
  });
});

describe('ALSA', () => {
  playerConforms(async () => {
    const player = new AlsaPlayer({ device: 'capture' });
    return { player, heard: async () => samplesOf(await readFile(captured)) };
  });
});

describe('the fake of the simulations', () => {
  playerConforms(async () => {
    const player = new FakePlayer(systemClock);
    return { player, heard: async () => player.voices.at(-1)?.samples() ?? new Int16Array(0) };
  });
});

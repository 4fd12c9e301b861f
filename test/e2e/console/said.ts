import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { wavFilesIn } from '../../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { find } from '../../integration/sound/correlation.ts';
import { SPEECH_WAV, samplesOfWav } from '../../integration/sound/speech.ts';
import { endsOf, samplesIn, until } from '../setting.ts';

/** What is said and shown takes its time: longer than a page may. */
const ENDED_WITHIN_MS = 40_000;

/** Presses through what a push asks, until each hall has told its end. Gives the id of the order. */
export async function sentAtOnce(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByRole('button', { name: 'ส่งทันที' }).click();
  await page.getByText('ทราบผลครบทุกแห่งแล้ว').waitFor({ timeout: ENDED_WITHIN_MS });
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Tower and sign finished it, and the recorded speech is found in what the tower said first. */
export async function saysAndShows(country: Country, hall: Hall, order: string): Promise<void> {
  await until(async () =>
    expect(await endsOf(country, hall, order)).toEqual(['panel finished', 'tower finished']),
  );
  const [wav = ''] = await wavFilesIn(hall.wavFolder);
  expect(find(await samplesOfWav(SPEECH_WAV), await samplesIn(wav)).likeness).toBeGreaterThan(0.9);
}

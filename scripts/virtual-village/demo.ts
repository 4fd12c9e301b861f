import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { contains } from '../../firmware-protocol/content/area.ts';
import { type Cli, Failed } from '../cli.ts';
import { followOrder } from '../operator/follow.ts';
import { upload } from '../operator/upload.ts';
import samples from './announcements.th.json' with { type: 'json' };
import { Country } from './country.ts';
import { claimFolder } from './demo-folder.ts';
import { tableOf } from './demo-table.ts';
import type { HallPlan } from './hall.ts';
import { firstSoundDelays, type HallResult, type HallStory, storyOf } from './hall-result.ts';
import { findSpeech } from './speech.ts';

export interface DemoOptions {
  /** End after the announcement. */
  once?: true;
  /** Where everything of the demo goes; made anew each time. */
  data: string;
  /** What is said. */
  speech?: string;
}

/** Two provinces: one is told as a whole, of the other one village. */
const HALLS: HallPlan[] = [
  {
    device: 'nongkhai-sao-lao',
    village: '43010101',
    name: 'บ้านเสาเล้า จ.หนองคาย',
    sign: { width: 128, height: 64 },
  },
  {
    device: 'udon-non-sawang',
    village: '41010105',
    name: 'บ้านโนนสว่าง จ.อุดรธานี',
    sign: { width: 192, height: 96 },
  },
  {
    device: 'udon-nong-bua',
    village: '41010107',
    name: 'บ้านหนองบัว จ.อุดรธานี',
    sign: { width: 128, height: 64 },
  },
];
const TO = ['43', '41010105'];
const ANNOUNCEMENT = 'meeting-1';

/** Builds the country, announces once, shows what every hall did; then stays up, or ends with `--once`. */
export async function demo(options: DemoOptions, cli: Cli): Promise<void> {
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const folder = resolve(options.data);
  const speech = await findSpeech(options.speech);
  await claimFolder(folder);
  cli.tell({
    en: 'starting a server and three village halls …',
    th: 'กำลังเปิดเซิร์ฟเวอร์และหอกระจายข่าวสามแห่ง …',
  });
  const country = await Country.found({ folder, halls: HALLS });
  try {
    // Whoever ends it early must not leave three agents behind.
    await Promise.race([wakeAndAnnounce(country, speech, cli), interrupted.then(stoppedEarly)]);
    if (options.once) return;
    stayWords(country, cli);
    await interrupted;
  } finally {
    await country.close();
  }
}

function stoppedEarly(): never {
  throw new Failed({ en: 'stopped before the announcement had ended', th: 'หยุดก่อนประกาศจบ' });
}

async function wakeAndAnnounce(country: Country, speech: string, cli: Cli): Promise<void> {
  const { operator, profile, halls } = country;
  await country.wake();
  const said = samples.texts.find(({ id }) => id === ANNOUNCEMENT);
  if (said === undefined) throw new Failed(`no sample ${ANNOUNCEMENT}`);
  cli.tell({ en: 'preparing the recording …', th: 'กำลังเตรียมเสียงพูด …' });
  const media = await upload(profile, speech);
  cli.tell({
    en: `announcing to ${TO.join(' and ')}: ${said.title}`,
    th: `ประกาศถึง ${TO.join(' และ ')}: ${said.title}`,
  });
  const publishedAt = Date.now();
  const { order } = await operator.ask('push', {
    to: TO,
    title: said.title,
    text: said.text,
    media: [media.sha256],
    chime: 'ding',
  });
  await followOrder(operator, order, cli);
  const stories: HallStory[] = [];
  for (const hall of halls) {
    const targeted = TO.some((area) => contains(area, hall.plan.village));
    stories.push(await storyOf(hall, targeted, order, operator));
  }
  for (const line of tableOf(stories, cli.lang)) cli.say(line);
  const files = join(country.folder, '*');
  cli.tell({
    en: `what the signs showed: ${join(files, 'sign-*.png')}; what the towers said: ${join(files, 'sound', '*.wav')}`,
    th: `ภาพบนป้าย: ${join(files, 'sign-*.png')} เสียงจากหอ: ${join(files, 'sound', '*.wav')}`,
  });
  const results = stories.map(({ result }) => result);
  const document = { halls: results, publish_to_first_sound_ms: firstSoundDelays(results, publishedAt) };
  const failed = results.filter((result) => result.targeted && !hasReached(result));
  if (failed.length > 0) throw new Failed(notReached(failed, country.folder), { document });
  cli.print(document);
}

function hasReached({ tower, panel }: HallResult): boolean {
  return tower.outcome === 'finished' && panel.outcome === 'finished';
}

function notReached(halls: HallResult[], folder: string): { en: string; th: string } {
  const names = halls.map(({ device }) => device).join(', ');
  const log = join(folder, '*', 'device.log');
  return { en: `not reached: ${names}; see ${log}`, th: `ประกาศไปไม่ถึง: ${names} ดู ${log}` };
}

function stayWords(country: Country, cli: Cli): void {
  cli.tell({
    en: `the server stays up, with its console: ${country.server.httpUrl} (user and password in ${country.profilePath}); Ctrl-C ends it`,
    th: `เซิร์ฟเวอร์และหน้าควบคุมยังทำงานอยู่ที่ ${country.server.httpUrl} (ชื่อผู้ใช้และรหัสผ่านอยู่ใน ${country.profilePath}) กด Ctrl-C เพื่อจบ`,
  });
  cli.tell({
    en: `try: PRAKAT_PROFILE=${country.profilePath} scripts/prakat push --to 43 --text "ทดสอบ" --chime ding`,
    th: `ลอง: PRAKAT_PROFILE=${country.profilePath} scripts/prakat push --to 43 --text "ทดสอบ" --chime ding`,
  });
}

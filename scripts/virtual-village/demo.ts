import { once } from 'node:events';
import { access, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { contains } from '../../firmware-protocol/content/area.ts';
import { type Cli, Failed } from '../cli.ts';
import { followOrder } from '../operator/follow.ts';
import { upload } from '../operator/upload.ts';
import samples from './announcements.th.json' with { type: 'json' };
import { Country } from './country.ts';
import type { HallPlan } from './hall.ts';
import { firstSoundDelays, type HallResult, resultOf } from './hall-result.ts';
import { findSpeech } from './speech.ts';
import { table } from './table.ts';

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
/** Says that a folder is a demo's own, to be made anew. */
const MARK = '.prakat-demo';

/** Builds the country, announces once, shows what every hall did; then stays up, or ends with `--once`. */
export async function demo(options: DemoOptions, cli: Cli): Promise<void> {
  const folder = resolve(options.data);
  const speech = await findSpeech(options.speech);
  await emptyFolder(folder);
  cli.tell({
    en: 'starting a server and three village halls …',
    th: 'กำลังเปิดเซิร์ฟเวอร์และหอกระจายข่าวสามแห่ง …',
  });
  const country = await Country.found({ folder, halls: HALLS });
  await writeFile(join(folder, MARK), '');
  try {
    await country.wake();
    const results = await announce(country, speech, cli);
    if (options.once) return;
    stayWords(country, cli);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    if (results.length === 0) throw new Failed('no hall took part');
  } finally {
    await country.close();
  }
}

async function announce(country: Country, speech: string, cli: Cli): Promise<HallResult[]> {
  const { operator, profile, halls } = country;
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
  const results: HallResult[] = [];
  for (const hall of halls) {
    const targeted = TO.some((area) => contains(area, hall.plan.village));
    results.push(await resultOf(hall, targeted, order, operator));
  }
  for (const line of table(rowsOf(results, cli.lang))) cli.say(line);
  cli.print({ halls: results, publish_to_first_sound_ms: firstSoundDelays(results, publishedAt) });
  return results;
}

const HEADS = {
  en: ['hall', 'tower', 'from', 'seconds', 'peak dBFS', 'sign', 'picture', 'reports stored'],
  th: ['หอ', 'เสียง', 'เริ่ม', 'วินาที', 'ยอดเสียง dBFS', 'ป้าย', 'ภาพป้าย', 'รายงานที่เก็บแล้ว'],
};

function rowsOf(results: HallResult[], lang: 'th' | 'en'): string[][] {
  const rows = results.map(({ device, tower, panel, reports }) => [
    device,
    tower.outcome,
    tower.started_at?.slice(11, 23) ?? '-',
    tower.started_at === null ? '-' : tower.seconds.toFixed(2),
    tower.peak_dbfs?.toFixed(1) ?? '-',
    panel.crc === null
      ? panel.outcome
      : `${panel.outcome} ${panel.crc}${panel.crc === panel.board_crc ? ' = board' : ''}`,
    panel.png ?? '-',
    `${reports.stored} of ${reports.sent}`,
  ]);
  return [HEADS[lang], ...rows];
}

function stayWords(country: Country, cli: Cli): void {
  cli.tell({
    en: `the server stays up: ${country.server.httpUrl} (user and password in ${country.profilePath}); Ctrl-C ends it`,
    th: `เซิร์ฟเวอร์ยังทำงานอยู่ที่ ${country.server.httpUrl} (ชื่อผู้ใช้และรหัสผ่านอยู่ใน ${country.profilePath}) กด Ctrl-C เพื่อจบ`,
  });
  cli.tell({
    en: `try: PRAKAT_PROFILE=${country.profilePath} scripts/prakat push --to 43 --text "ทดสอบ" --chime ding`,
    th: `ลอง: PRAKAT_PROFILE=${country.profilePath} scripts/prakat push --to 43 --text "ทดสอบ" --chime ding`,
  });
}

/** A folder of an earlier demo is made anew; anybody else's is left alone. */
async function emptyFolder(folder: string): Promise<void> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  await access(join(folder, MARK)).catch(() => {
    throw new Failed(`${folder} is not a folder of the demo: name another with --data / โฟลเดอร์นี้มีข้อมูลอื่นอยู่`);
  });
  await rm(folder, { recursive: true });
}

import { readFile } from 'node:fs/promises';
import { epochMsOf, Instant } from '../../../firmware-protocol/content/instant.ts';
import { capTime } from '../../../server/alerts/cap-time.ts';
import { type CheckedAlert, checkAlerts } from '../../../server/alerts/check-alerts.ts';
import type { Verdict } from '../../../server/alerts/judge.ts';
import { type Reason, wordsOf } from '../../../server/alerts/reasons.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { unreadable } from '../../cli/named-files.ts';
import type { Words } from '../../cli/words.ts';
import { type Cli, Misused } from '../../cli.ts';
import { villageFile } from '../../operator/village-file.ts';

export interface CheckOptions {
  at?: string;
  villages?: string;
}

/** `alert check FILE…`: every alert of every file, judged; with `--json` one line each. Rejects at the end with the first file that could not be read. */
export async function checkFiles(files: string[], options: CheckOptions, cli: Cli): Promise<void> {
  const at = options.at === undefined ? undefined : timeOf(options.at);
  const villages = options.villages === undefined ? [] : await villageFile(options.villages);
  const missing: unknown[] = [];
  for (const file of files) {
    // One file that cannot be read keeps none of the others from being judged.
    const bytes = await readFile(file)
      .catch(unreadable(file))
      .catch((error: unknown) => void missing.push(error));
    if (bytes === undefined) continue;
    for (const checked of checkAlerts(bytes, { readXml, at, villages })) {
      cli.print(lineOf(file, checked));
      if (!cli.json) tell(file, checked, options.villages !== undefined, cli);
    }
  }
  if (missing.length > 0) throw missing[0];
}

/** As CAP writes times, or as everybody does. */
function timeOf(text: string): number {
  const time = capTime(text)?.ms ?? (Instant.safeParse(text).success ? epochMsOf(text) : undefined);
  if (time !== undefined) return time;
  throw new Misused({
    en: `--at is a time such as 2026-11-26T14:30:00+07:00, not "${text}"`,
    th: `--at เป็นเวลา เช่น 2026-11-26T14:30:00+07:00 ไม่ใช่ "${text}"`,
  });
}

/** One line of `--json`; what a file does not say is empty. */
function lineOf(file: string, { read, judgement, villages }: CheckedAlert) {
  const { identifier, sender, sent, status, msgType } = read.name;
  return {
    file,
    identifier,
    sender,
    sent,
    status,
    msgType,
    verdict: judgement.verdict,
    reasons: [...new Set(judgement.reasons.map(({ code }) => code))],
    signature: read.signatures.state,
    ...read.facts,
    villages: villages.length,
  };
}

const VERDICTS: Record<Verdict, Words> = {
  actuate: { en: 'may sound, if its sender is trusted', th: 'ออกเสียงได้ หากเชื่อถือผู้ส่ง' },
  cancel: { en: 'cancels earlier alerts', th: 'ยกเลิกประกาศเตือนก่อนหน้า' },
  record: { en: 'kept, never sounds', th: 'เก็บไว้ ไม่ออกเสียง' },
  refuse: { en: 'refused', th: 'ไม่รับ' },
};
const SIGNATURES: Record<CheckedAlert['read']['signatures']['state'], Words> = {
  none: { en: 'unsigned', th: 'ไม่มีลายเซ็น' },
  good: { en: 'signature good', th: 'ลายเซ็นถูกต้อง' },
  bad: { en: 'signature BAD', th: 'ลายเซ็นไม่ถูกต้อง' },
  unverifiable: { en: 'signature cannot be verified', th: 'ตรวจลายเซ็นไม่ได้' },
};

function tell(file: string, { read, judgement, villages }: CheckedAlert, isMatched: boolean, cli: Cli): void {
  const { identifier, sender, sent } = read.name;
  const name = [identifier, sender, sent].filter((each) => each !== '').join(' · ');
  const signature = cli.text(SIGNATURES[read.signatures.state]);
  cli.say(`${file}: ${cli.text(VERDICTS[judgement.verdict])} (${judgement.verdict}; ${signature})`);
  if (name !== '') cli.say(`  ${name}`);
  for (const reason of judgement.reasons) cli.say(`  - ${whereOf(reason, cli)}${cli.text(wordsOf(reason))}`);
  if (isMatched)
    cli.say(`  ${cli.text({ en: `villages: ${villages.length}`, th: `หมู่บ้าน: ${villages.length}` })}`);
  for (const { code, rules } of villages.slice(0, MOST_VILLAGES_TOLD))
    cli.say(
      `    ${code} ${rules.map(({ kind, areaDesc }) => `${kind} (${areaDesc.slice(0, 60)})`).join(', ')}`,
    );
}

/** More are counted, not listed. */
const MOST_VILLAGES_TOLD = 20;

function whereOf({ place, line }: Reason, cli: Cli): string {
  const at = line === undefined ? '' : cli.text({ en: `line ${line}`, th: `บรรทัด ${line}` });
  const where = [place ?? '', at].filter((each) => each !== '').join(', ');
  return where === '' ? '' : `${where}: `;
}

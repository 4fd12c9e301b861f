import { tmpdir } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import { causesOf } from '../../cli/causes.ts';
import { when } from '../../cli/when.ts';
import type { Cli } from '../../cli.ts';
import { beginVisit } from './begin-visit.ts';
import type { Finding } from './finding.ts';
import { withOwnHall } from './own-hall.ts';
import { linesOf, MARKS, RESULT_WORDS, resultOf, timeOf, type VisitResult } from './result/result.ts';
import type { ResultFiles } from './result/result-files.ts';
import { type Room, TESTED } from './rooms.ts';
import { terminalPerson } from './terminal-person.ts';
import { agentTester, type Tester } from './tester.ts';
import type { Visit } from './visit.ts';
import { walk } from './walk.ts';

export interface HallVisit {
  configPath: string;
  rooms: readonly Room[];
  loud: boolean;
  /** Whether somebody is there who answers. */
  isAsked: boolean;
  /** Folder for result and bundle; undefined = none are written. */
  out: string | undefined;
}

export interface Visited {
  result: VisitResult;
  files?: ResultFiles;
}

/** The whole visit: walks through the rooms, tells each finding as it is made, and leaves the result. */
export async function visitHall(
  { configPath, rooms, loud, isAsked, out }: HallVisit,
  cli: Cli,
): Promise<Visited> {
  const enough = new AbortController();
  process.once('SIGINT', () => enough.abort());
  const person = isAsked ? terminalPerson(cli, () => enough.abort()) : undefined;
  const visit = await beginVisit({ configPath, rooms, person, loud, interrupted: enough.signal });
  greet(visit, cli);
  const findings: Finding[] = [];
  await withTester(visit, rooms, async (tester) => {
    for await (const finding of walk(rooms, visit, tester)) {
      findings.push(finding);
      for (const line of linesOf(finding, cli.lang)) cli.say(line);
    }
  });
  const page = await visit.agent.ask('page-link', {}).catch(() => undefined);
  const result = resultOf(visit, packageJson.version, findings, page?.url);
  cli.say('');
  cli.say(`${MARKS[result.worst]} ${RESULT_WORDS[result.worst][cli.lang]}`);
  if (result.page !== undefined)
    cli.tell({ en: `page of this box: ${result.page}`, th: `หน้าของกล่องนี้: ${result.page}` });
  const files = out === undefined ? undefined : await writtenTo([out, tmpdir()], visit, result, cli);
  return { result, ...(files && { files }) };
}

/** Into the first folder that takes them: a card that is full or read-only is what many visits are about. */
async function writtenTo(
  folders: string[],
  visit: Visit,
  result: VisitResult,
  cli: Cli,
): Promise<ResultFiles | undefined> {
  const { writeResult } = await import('./result/result-files.ts');
  for (const folder of folders)
    try {
      const files = await writeResult(folder, visit, result, cli.lang);
      tellFiles(files, cli);
      return files;
    } catch (error) {
      const why = causesOf(error);
      cli.tell({ en: `cannot write into ${folder}: ${why}`, th: `เขียนลง ${folder} ไม่ได้: ${why}` });
    }
  return undefined;
}

function tellFiles(files: ResultFiles, cli: Cli): void {
  cli.say('');
  cli.say(cli.text({ en: 'to send by LINE:', th: 'ส่งทาง LINE:' }));
  for (const path of [files.text, files.picture]) if (path !== undefined) cli.say(`  ${path}`);
  cli.say(
    cli.text({
      en: 'for who helps from afar (without passwords):',
      th: 'สำหรับผู้ช่วยทางไกล (ไม่มีรหัสผ่าน):',
    }),
  );
  cli.say(`  ${files.bundle}`);
}

function greet(visit: Visit, cli: Cli): void {
  const { identity, config, running, stuck, person } = visit;
  const place = config.place || identity?.device || '-';
  cli.say(`prakat ${packageJson.version} · ${place} · ${when(timeOf(visit), cli.lang)}`);
  if (running === undefined && !stuck)
    cli.tell({
      en: 'no agent runs: the hardware is opened by this program itself, and nothing is reported to the server',
      th: 'โปรแกรมหอไม่ทำงาน: การตรวจนี้เปิดอุปกรณ์เอง และไม่มีรายงานไปเซิร์ฟเวอร์',
    });
  if (person !== undefined)
    cli.tell({
      en: 'takes some minutes; Ctrl-C ends it, and what was found until then stays',
      th: 'ใช้เวลาไม่กี่นาที กด Ctrl-C เพื่อจบ ผลที่ตรวจแล้วยังอยู่',
    });
  cli.say('');
}

/** The hardware is opened by us only where no agent holds it, and only where a room needs it. */
async function withTester(
  visit: Visit,
  rooms: readonly Room[],
  work: (tester: Tester) => Promise<void>,
): Promise<void> {
  const { running, stuck, agent, config, interrupted } = visit;
  const isHeld = running !== undefined || stuck;
  if (isHeld || !rooms.some((room) => TESTED.has(room))) return await work(agentTester(agent));
  await withOwnHall(config, interrupted, work);
}

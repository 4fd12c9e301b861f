import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failed } from '../cli.ts';

/** Says that a folder is a demo's own, and holds the process id of the demo that made it. */
const MARK = '.prakat-demo';

/**
 * Makes the folder anew for this demo. Anybody else's is left alone, and so is one in which a demo is running: rejects
 * with Failed.
 */
export async function claimFolder(folder: string): Promise<void> {
  const mark = join(folder, MARK);
  const owner = await readFile(mark, 'utf8').catch(() => undefined);
  const names = await readdir(folder).catch(() => []);
  if (owner === undefined && names.length > 0)
    throw new Failed({
      en: `${folder} is not a folder of the demo: name another with --data`,
      th: `${folder} มีข้อมูลอื่นอยู่ กรุณาระบุโฟลเดอร์อื่นด้วย --data`,
    });
  if (owner !== undefined && (await isDemo(owner)))
    throw new Failed({
      en: `a demo is running in ${folder} (process ${owner}): end it, or name another folder with --data`,
      th: `มีการสาธิตทำงานอยู่ใน ${folder} (โปรเซส ${owner}) กรุณาปิดก่อน หรือระบุโฟลเดอร์อื่นด้วย --data`,
    });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(mark, String(process.pid));
}

/** Whether that process lives and is one of ours: after a restart of the machine another may have its number. */
async function isDemo(pid: string): Promise<boolean> {
  const line = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
  return Number(pid) !== process.pid && line.includes('prakat') && line.includes('demo');
}

import type { Command } from 'commander';
import type { AuditHead } from '../../firmware-protocol/content/audit.ts';
import { counted } from '../cli/counted.ts';
import { unreadable, unwritable } from '../cli/named-files.ts';
import type { Words } from '../cli/words.ts';
import { type Cli, Failed, Misused } from '../cli.ts';

interface ExportOptions {
  out?: string;
  after?: string;
}

/** `prakat audit`: who did what; to read, to carry away, to check. */
export function register(program: Command, cli: Cli): void {
  const audit = program.command('audit');
  audit
    .command('export')
    .description(
      cli.text({ en: 'all of it, a JSON document a line', th: 'ส่งออกทั้งหมด บรรทัดละหนึ่งเอกสาร JSON' }),
    )
    .option('--out <file>', cli.text({ en: 'into this file', th: 'ลงไฟล์นี้' }))
    .option(
      '--after <n:hash>',
      cli.text({
        en: 'only what follows the head of an earlier export',
        th: 'เฉพาะส่วนที่ต่อจากการส่งออกครั้งก่อน',
      }),
    )
    .action((options: ExportOptions) => exported(options, cli));
  audit
    .command('verify')
    .description(
      cli.text({
        en: 'check an exported file; scripts/audit-verify.py does the same without prakat',
        th: 'ตรวจไฟล์ที่ส่งออก (scripts/audit-verify.py ตรวจได้โดยไม่ใช้ prakat)',
      }),
    )
    .argument('<file>', cli.text({ en: 'what export wrote', th: 'ไฟล์ที่ส่งออกไว้' }))
    .option('--after <n:hash>', cli.text({ en: 'the head before its first line', th: 'จุดก่อนบรรทัดแรก' }))
    .option(
      '--head <n:hash>',
      cli.text({ en: 'how far it must go, noted earlier', th: 'จุดที่จดไว้ก่อนหน้า ซึ่งไฟล์ต้องมี' }),
    )
    .action((file: string, options: { after?: string; head?: string }) => verified(file, options, cli));
}

async function exported({ out, after }: ExportOptions, cli: Cli): Promise<void> {
  const { open, rename, rm } = await import('node:fs/promises');
  const { asOperator } = await import('../operator/session.ts');
  const { followChain } = await import('../../firmware-protocol/content/audit.ts');
  const start = await headOf(after);
  // An export of before stays until this one is whole.
  const half = `${out}.part`;
  const file = out === undefined ? undefined : await open(half, 'w', 0o600).catch(unwritable(out));
  try {
    await asOperator(async (operator) => {
      let head = start;
      let count = 0;
      for (;;) {
        const page = await operator.ask('audit', { after: start.n + count });
        const followed = followChain(page.lines, head);
        if (followed.fault !== undefined)
          throw brokenAt(start.n + count + followed.fault.line, followed.fault);
        for (const line of page.lines) {
          if (file !== undefined) await file.write(`${line}\n`);
          else cli.pass(`${line}\n`);
        }
        head = followed.head;
        count += page.lines.length;
        if (!page.more) break;
      }
      await file?.sync();
      if (out !== undefined) await rename(half, out);
      if (out !== undefined)
        cli.tell(
          count === 0
            ? nothingAfter(start)
            : {
                en: `${counted(count, 'line')}, a whole chain; note its head elsewhere: ${head.n}:${head.hash}`,
                th: `${count} บรรทัด ต่อกันครบ โปรดจดจุดสิ้นสุดไว้ที่อื่น: ${head.n}:${head.hash}`,
              },
        );
      cli.print({ lines: count, head });
    });
  } finally {
    await file?.close();
    if (out !== undefined) await rm(half, { force: true });
  }
}

async function verified(path: string, options: { after?: string; head?: string }, cli: Cli): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const { followChain } = await import('../../firmware-protocol/content/audit.ts');
  const text = await readFile(path, 'utf8').catch(unreadable(path));
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const start = await headOf(options.after);
  const { head, fault } = followChain(lines, start);
  if (fault !== undefined) throw brokenAt(fault.line, fault);
  const wanted = options.head === undefined ? undefined : await headOf(options.head);
  const at = wanted === undefined ? undefined : followChain(lines.slice(0, wanted.n - start.n), start).head;
  if (wanted !== undefined && (at?.n !== wanted.n || at.hash !== wanted.hash))
    throw new Failed(
      {
        en: `it ends at ${head.n}:${head.hash} and does not hold ${wanted.n}:${wanted.hash}`,
        th: `ไฟล์สิ้นสุดที่ ${head.n}:${head.hash} และไม่มี ${wanted.n}:${wanted.hash}`,
      },
      { code: 'audit-cut', document: { head } },
    );
  cli.tell(
    lines.length === 0
      ? nothingAfter(start)
      : {
          en: `whole: ${counted(lines.length, 'line')}, head ${head.n}:${head.hash}`,
          th: `ครบถ้วน: ${lines.length} บรรทัด จุดสิ้นสุด ${head.n}:${head.hash}`,
        },
  );
  cli.print({ lines: lines.length, head });
}

/** Of no line at all: a chain of nothing is not praised as whole. */
function nothingAfter({ n, hash }: AuditHead): Words {
  return n === 0
    ? { en: 'nothing has been written yet: there is no line', th: 'ยังไม่มีการบันทึกใด ๆ: ไม่มีสักบรรทัด' }
    : {
        en: `nothing has been written after ${n}:${hash} yet`,
        th: `ยังไม่มีการบันทึกต่อจาก ${n}:${hash}`,
      };
}

const FAULTS = {
  'not-an-entry': { en: 'not a line of an audit', th: 'ไม่ใช่บรรทัดของบันทึก' },
  'hash-wrong': { en: 'changed after it was written', th: 'ถูกแก้หลังจากเขียน' },
  'number-wrong': { en: 'lines are missing, twice or in another order', th: 'มีบรรทัดหาย ซ้ำ หรือสลับลำดับ' },
  'prev-wrong': { en: 'it does not follow the line before it', th: 'ไม่ต่อจากบรรทัดก่อนหน้า' },
} as const;

function brokenAt(line: number, { fault }: { fault: keyof typeof FAULTS }): Failed {
  const { en, th } = FAULTS[fault];
  return new Failed(
    { en: `line ${line}: ${en}`, th: `บรรทัด ${line}: ${th}` },
    { code: `audit-${fault}`, document: { line } },
  );
}

/** `120:5f…`, as an export told it; nothing = the beginning. */
async function headOf(written: string | undefined) {
  const { AUDIT_START, AuditHead } = await import('../../firmware-protocol/content/audit.ts');
  if (written === undefined) return AUDIT_START;
  const [n, hash] = written.split(':');
  const head = AuditHead.safeParse({ n: Number(n), hash });
  if (!head.success) throw new Misused({ en: 'a head is written N:HASH', th: 'จุดสิ้นสุดเขียนในรูป N:HASH' });
  return head.data;
}

import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { Failed } from '../cli.ts';

/** `prakat stick`: carries programmes and sound to halls without a line, and their reports back. */
export function register(program: Command, cli: Cli): void {
  const stick = program.command('stick');
  registerWrite(stick, cli);
  registerImport(stick, cli);
}

const FOLDER = { en: 'where the stick is mounted', th: 'โฟลเดอร์ของแฟลชไดรฟ์' };

function registerWrite(stick: Command, cli: Cli): void {
  stick
    .command('write')
    .description(
      cli.text({
        en: 'write programmes, live orders and sound for the halls of an area',
        th: 'เขียนผังรายการ คำสั่ง และเสียงสำหรับหอในพื้นที่',
      }),
    )
    .requiredOption('--to <areas...>', cli.text({ en: 'th, or DOPA codes', th: 'th หรือรหัสพื้นที่' }))
    .requiredOption('--folder <folder>', cli.text(FOLDER))
    .action(async ({ to, folder }: { to: string[]; folder: string }) => {
      const { asOperator } = await import('../operator/session.ts');
      const { documentsFor, writeStick } = await import('../operator/stick-writer.ts');
      await asOperator(async (operator, profile) => {
        const documents = await documentsFor(operator, to);
        const what = cli.text({ en: 'writing', th: 'กำลังเขียน' });
        const written = await writeStick(folder, documents, profile, (share) => cli.progress(what, share));
        const { programmes, orders, files, had, bytes } = written;
        const mb = (bytes / 1_000_000).toFixed(1);
        cli.tell({
          en: `written: programmes of ${programmes.join(', ') || 'no area'}; orders ${orders}; files ${files} (${mb} MB), there already ${had}`,
          th: `เขียนแล้ว: ผังรายการ ${programmes.join(', ') || '-'} คำสั่ง ${orders} ไฟล์ ${files} (${mb} MB) มีอยู่แล้ว ${had}`,
        });
        cli.tell({
          en: 'unmount it before you pull it; a hall reads it within seconds of being plugged in',
          th: 'เลิกเมานต์ก่อนถอด เมื่อเสียบที่หอ ระบบจะอ่านเองภายในไม่กี่วินาที',
        });
        cli.print({ folder, ...written });
      });
    });
}

function registerImport(stick: Command, cli: Cli): void {
  stick
    .command('import')
    .description(cli.text({ en: 'bring the reports of halls to the server', th: 'นำรายงานของหอเข้าเซิร์ฟเวอร์' }))
    .requiredOption('--folder <folder>', cli.text(FOLDER))
    .action(async ({ folder }: { folder: string }) => {
      const { asOperator } = await import('../operator/session.ts');
      const { importReports } = await import('../operator/stick-reports.ts');
      await asOperator(async (operator) => {
        const imported = await importReports(operator, folder);
        for (const [device, upTo] of Object.entries(imported.stored))
          cli.tell({
            en: `${device}: reports stored up to ${upTo}`,
            th: `${device}: เก็บรายงานถึงหมายเลข ${upTo} แล้ว`,
          });
        for (const { name, en, th } of imported.refused)
          cli.tell({ en: `refused ${name}: ${en}`, th: `ไม่รับ ${name}: ${th}` });
        if (imported.batches === 0)
          throw new Failed(
            { en: 'no report was taken', th: 'ไม่มีรายงานที่รับได้' },
            { code: 'nothing-taken', document: imported },
          );
        cli.print(imported);
      });
    });
}

import type { Command } from 'commander';
import type { BackupContents } from '../../server/app/backup.ts';
import type { Cli } from '../cli.ts';

/** `prakat server backup FILE` and `restore FILE`: all that a server is, its media apart. */
export function registerServerBackup(server: Command, cli: Cli): void {
  const verb = (name: 'backup' | 'restore', says: { en: string; th: string }) =>
    server
      .command(`${name} <file>`)
      .description(cli.text(says))
      .option(
        '--config <file>',
        cli.text({ en: 'JSON configuration of the server', th: 'ไฟล์ตั้งค่าของเซิร์ฟเวอร์' }),
      )
      .action(async (file: string, { config: path }: { config?: string }) => {
        const { serverConfigAt } = await import('../operator/server-config.ts');
        const { serverFailure } = await import('../operator/server-failure.ts');
        const config = await serverConfigAt(path);
        const { backup, restore } = await import('../../server/app/backup.ts');
        const done = name === 'backup' ? backup(config, file, Date.now()) : restore(config, file);
        const contents = await done.catch((error: unknown) => {
          throw serverFailure(error);
        });
        tell(cli, contents);
        cli.print({ file, ...contents });
      });
  verb('backup', {
    en: 'write accounts, halls, orders, reports and keys into one file, also while the server runs; it holds the keys: guard it',
    th: 'สำรองบัญชี หอ คำสั่ง รายงาน และกุญแจลงไฟล์เดียว ทำได้ขณะเซิร์ฟเวอร์ทำงาน ไฟล์มีกุญแจลับ โปรดเก็บรักษาให้ดี',
  });
  verb('restore', {
    en: 'make the server of a backup in an empty place, on SQLite or PostgreSQL',
    th: 'กู้คืนเซิร์ฟเวอร์จากไฟล์สำรองลงในที่ว่าง ทั้ง SQLite และ PostgreSQL',
  });
}

function tell(cli: Cli, { tables, secrets, media }: BackupContents): void {
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  cli.tell({
    en: `${rows} rows of ${Object.keys(tables).length} tables; keys: ${secrets.join(', ')}`,
    th: `${rows} แถวจาก ${Object.keys(tables).length} ตาราง กุญแจ: ${secrets.join(', ')}`,
  });
  cli.tell({
    en: `media are not in it: ${media.files} files, ${media.bytes} bytes; not found here: ${media.missing.length}`,
    th: `ไม่รวมไฟล์เสียงและภาพ: ${media.files} ไฟล์ ${media.bytes} ไบต์ ไม่พบที่นี่: ${media.missing.length}`,
  });
}

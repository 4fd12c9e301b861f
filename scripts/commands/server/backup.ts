import type { Command } from 'commander';
import type { BackupContents } from '../../../server/app/backup.ts';
import type { ServerConfig } from '../../../server/config.ts';
import { counted } from '../../cli/counted.ts';
import type { Cli } from '../../cli.ts';

/** `prakat server backup FILE` and `restore FILE`: all that a server is. */
export function registerServerBackup(server: Command, cli: Cli): void {
  const verb = (name: 'backup' | 'restore', says: { en: string; th: string }) =>
    server
      .command(`${name} <file>`)
      .description(cli.text(says))
      .option(
        '--config <file>',
        cli.text({ en: 'JSON configuration of the server', th: 'ไฟล์ตั้งค่าของเซิร์ฟเวอร์' }),
      );
  verb('backup', {
    en: 'write accounts, halls, orders, reports, sound and keys into one file, also while the server runs; it holds the keys: guard it',
    th: 'สำรองบัญชี หอ คำสั่ง รายงาน เสียง และกุญแจลงไฟล์เดียว ทำได้ขณะเซิร์ฟเวอร์ทำงาน ไฟล์มีกุญแจลับ โปรดเก็บรักษาให้ดี',
  })
    .option(
      '--without-media',
      cli.text({
        en: 'only name sound and pictures; copy data/media yourself',
        th: 'ไม่รวมไฟล์เสียงและภาพ โปรดคัดลอก data/media แยก',
      }),
    )
    .action(
      async (file: string, { config: path, withoutMedia = false }: Chosen & { withoutMedia?: boolean }) =>
        done(cli, file, path, async ({ backup }, config) => {
          const { refuseEmptyFolder } = await import('../../operator/server-config.ts');
          await refuseEmptyFolder(config);
          return backup(config, file, { now: Date.now(), withoutMedia });
        }),
    );
  verb('restore', {
    en: 'make the server of a backup in an empty place, on SQLite or PostgreSQL',
    th: 'กู้คืนเซิร์ฟเวอร์จากไฟล์สำรองลงในที่ว่าง ทั้ง SQLite และ PostgreSQL',
  }).action(async (file: string, { config: path }: Chosen) =>
    done(cli, file, path, ({ restore }, config) => restore(config, file)),
  );
}

interface Chosen {
  config?: string;
}

async function done(
  cli: Cli,
  file: string,
  path: string | undefined,
  work: (
    verbs: typeof import('../../../server/app/backup.ts'),
    config: ServerConfig,
  ) => Promise<BackupContents>,
): Promise<void> {
  const { serverConfigAt } = await import('../../operator/server-config.ts');
  const { serverFailure } = await import('../../operator/server-failure.ts');
  const config = await serverConfigAt(path);
  const contents = await work(await import('../../../server/app/backup.ts'), config).catch(
    (error: unknown) => {
      throw serverFailure(error);
    },
  );
  tell(cli, contents);
  cli.print({ file, ...contents });
}

function tell(cli: Cli, { tables, secrets, media }: BackupContents): void {
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  cli.tell({
    en: `${counted(rows, 'row')} of ${counted(Object.keys(tables).length, 'table')}; keys: ${secrets.join(', ')}`,
    th: `${rows} แถวจาก ${Object.keys(tables).length} ตาราง กุญแจ: ${secrets.join(', ')}`,
  });
  cli.tell({
    en: `sound and pictures: ${counted(media.files, 'file')}, ${counted(media.bytes, 'byte')}; in the file: ${media.inside}; not found, or damaged: ${media.missing.length}`,
    th: `ไฟล์เสียงและภาพ: ${media.files} ไฟล์ ${media.bytes} ไบต์ อยู่ในไฟล์สำรอง: ${media.inside} ไม่พบหรือเสียหาย: ${media.missing.length}`,
  });
}

import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { STICK_FOLDER } from '../../../firmware-protocol/stick/layout.ts';
import { type Cli, Failed } from '../../cli.ts';
import { LocalAgent } from '../../technician/local-agent.ts';
import { sideloadWords } from '../../technician/sideload-words.ts';

const CONFIG_PATH = '/etc/prakat/hall.json';

/** `prakat device sideload`: gives the running agent a stick, or a folder laid out as one. */
export function registerSideload(device: Command, cli: Cli): void {
  device
    .command('sideload')
    .description(
      cli.text({ en: 'take programmes and files from a stick', th: 'รับผังรายการและไฟล์จากแฟลชไดรฟ์' }),
    )
    .argument('<folder>', cli.text({ en: 'where the stick is mounted', th: 'โฟลเดอร์ของแฟลชไดรฟ์' }))
    .option(
      '--config <file>',
      cli.text({ en: 'JSON configuration of the hall', th: 'ไฟล์ตั้งค่าของหอ' }),
      CONFIG_PATH,
    )
    .action(async (folder: string, { config }: { config: string }) => {
      const { dataFolderOf } = await import('../../operator/hall-config.ts');
      const data = await dataFolderOf(config);
      await refuseOther(folder);
      const result = await new LocalAgent(data).ask('sideload', { folder: resolve(folder) });
      for (const words of sideloadWords(result)) cli.tell(words);
      cli.print(result);
    });
}

/** A folder that is no stick of ours is told by the one who named it; the agent can only say that it found nothing. */
async function refuseOther(folder: string): Promise<void> {
  const { isDirectory, code } = await stat(join(folder, STICK_FOLDER)).then(
    (found) => ({ isDirectory: found.isDirectory(), code: '' }),
    (error: NodeJS.ErrnoException) => ({ isDirectory: false, code: error.code }),
  );
  // What this user may not see the agent may.
  if (isDirectory || code === 'EACCES') return;
  throw new Failed(
    {
      en: `there is no folder ${STICK_FOLDER} in ${folder}: name the folder where the stick is mounted (lsblk shows it); a stick is made with prakat stick write`,
      th: `ไม่มีโฟลเดอร์ ${STICK_FOLDER} ใน ${folder} ให้ระบุโฟลเดอร์ที่เมานต์แฟลชไดรฟ์ (ดูด้วย lsblk) แฟลชไดรฟ์ทำได้ด้วย prakat stick write`,
    },
    { code: 'no-stick' },
  );
}

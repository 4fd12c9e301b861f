import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
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
      const result = await new LocalAgent(data).ask('sideload', { folder: resolve(folder) });
      for (const words of sideloadWords(result)) cli.tell(words);
      cli.print(result);
    });
}

import type { Command } from 'commander';
import { type Cli, Misused } from '../../cli.ts';
import { registerAsk } from './ask.ts';
import { registerBackup } from './backup.ts';
import { registerRestore } from './restore.ts';
import { registerSetup } from './setup.ts';
import { registerSideload } from './sideload.ts';

interface Options {
  config?: string;
  enrol?: string;
  server?: string;
}

/** `prakat device`: runs the agent of one hall in the foreground. */
export function register(program: Command, cli: Cli): void {
  const device = program
    .command('device')
    .option('--config <file>', cli.text({ en: 'JSON configuration of the hall', th: 'ไฟล์ตั้งค่าของหอ' }))
    .option(
      '--enrol <code>',
      cli.text({ en: 'one-time code, for the first start', th: 'รหัสลงทะเบียน สำหรับการเปิดครั้งแรก' }),
    )
    .option(
      '--server <url>',
      cli.text({
        en: 'HTTP address of the server, for the first start',
        th: 'ที่อยู่ HTTP ของเซิร์ฟเวอร์ สำหรับการเปิดครั้งแรก',
      }),
    )
    .action((options: Options) => serveHall(options, cli));
  registerSetup(device, cli);
  registerAsk(device, cli);
  registerBackup(device, cli);
  registerRestore(device, cli);
  registerSideload(device, cli);
}

async function serveHall({ config, enrol, server }: Options, cli: Cli): Promise<void> {
  if (config === undefined)
    throw new Misused({ en: '--config FILE is needed', th: 'ต้องระบุ --config ไฟล์ตั้งค่า' });
  if (enrol !== undefined && server === undefined)
    throw new Misused({ en: '--enrol needs --server', th: 'เมื่อใช้ --enrol ต้องระบุ --server ด้วย' });
  // The agent is loaded by this verb alone: the others stay quick.
  const { runDevice } = await import('../../../device/process.ts');
  const { deviceFailure } = await import('../../operator/device-failure.ts');
  const { DeviceConfig } = await import('../../../device/config.ts');
  const { refuseConfig, writtenJson } = await import('../../operator/written-document.ts');
  refuseConfig(config, DeviceConfig, await writtenJson(config));
  cli.tell({ en: 'starting the hall; Ctrl-C ends it', th: 'กำลังเปิดหอกระจายข่าว กด Ctrl-C เพื่อหยุด' });
  const options = { configPath: config, ...(enrol && { code: enrol }), ...(server && { server }) };
  const code = await runDevice(options).catch((error: unknown) => {
    throw deviceFailure(error);
  });
  cli.print({ stopped: code === 0 });
}

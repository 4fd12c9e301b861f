import type { Command } from 'commander';
import { type Cli, Failed, Misused } from '../cli.ts';

interface Options {
  config: string;
  enrol?: string;
  server?: string;
}

/** `prakat device`: runs the agent of one hall in the foreground. */
export function register(program: Command, cli: Cli): void {
  program
    .command('device')
    .description('run the agent of a hall / เปิดตัวควบคุมของหอกระจายข่าว')
    .requiredOption('--config <file>', 'JSON configuration of the hall')
    .option('--enrol <code>', 'one-time code, for the first start')
    .option('--server <url>', 'HTTP address of the server, for the first start')
    .action(async ({ config, enrol, server }: Options) => {
      if (enrol !== undefined && server === undefined) throw new Misused('--enrol needs --server');
      // The agent is loaded by this verb alone: the others stay quick.
      const { runDevice, wordsOf } = await import('../../device/process.ts');
      cli.tell({ en: 'the hall runs; Ctrl-C ends it', th: 'หอกระจายข่าวทำงานแล้ว กด Ctrl-C เพื่อหยุด' });
      const options = { configPath: config, ...(enrol && { code: enrol }), ...(server && { server }) };
      const code = await runDevice(options).catch((error: unknown) => {
        throw new Failed(wordsOf(error));
      });
      cli.print({ stopped: code === 0 });
    });
}

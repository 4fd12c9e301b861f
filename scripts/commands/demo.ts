import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { DemoOptions } from '../virtual-village/demo.ts';

/** `prakat demo`: the whole chain on this machine. */
export function register(program: Command, cli: Cli): void {
  program
    .command('demo')
    .description('a server, three village halls, one announcement / สาธิตทั้งระบบบนเครื่องนี้')
    .option('--once', 'end after the announcement')
    .option('--data <folder>', 'where everything of the demo goes; made anew each time', 'demo-data')
    .option('--speech <file>', 'what is said; default: a recording of the package alsa-utils')
    .action(async (options: DemoOptions) => {
      const { demo } = await import('../virtual-village/demo.ts');
      await demo(options, cli);
    });
}

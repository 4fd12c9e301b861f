import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { asOperator } from '../operator/session.ts';

/** `prakat enrol`: a one-time code that makes a device. */
export function register(program: Command, cli: Cli): void {
  program
    .command('enrol <device>')
    .description('make the one-time code of a new hall / ออกรหัสลงทะเบียนหอใหม่')
    .requiredOption('--village <code>', '8-digit DOPA code')
    .requiredOption('--name <name>', 'what people call it: "หอกระจายข่าว บ้านโนนสว่าง"')
    .action(async (device: string, options: { village: string; name: string }) => {
      await asOperator(async (operator) => {
        const made = await operator.ask('enrol', { device, village: options.village, name: options.name });
        cli.tell({
          en: `code for ${made.device}: ${made.code}  (until ${made.expires_at})`,
          th: `รหัสของ ${made.device}: ${made.code}  (ใช้ได้ถึง ${made.expires_at})`,
        });
        cli.print(made);
      });
    });
}

import type { Command } from 'commander';
import { writeTicket } from '../../firmware-protocol/http/enrolment-ticket.ts';
import { when } from '../cli/when.ts';
import type { Cli } from '../cli.ts';

interface EnrolOptions {
  village: string;
  name: string;
}

/** `prakat enrol`: a one-time code that makes a device. */
export function register(program: Command, cli: Cli): void {
  program
    .command('enrol')
    .argument(
      '<device>',
      cli.text({
        en: 'its id: 3 to 32 of a-z, 0-9 and "-"',
        th: 'รหัสหอ 3 ถึง 32 ตัว ใช้ได้เฉพาะ a-z, 0-9 และ "-"',
      }),
    )
    .requiredOption(
      '--village <code>',
      cli.text({ en: '8-digit DOPA code', th: 'รหัสหมู่บ้าน 8 หลักของกรมการปกครอง' }),
    )
    .requiredOption(
      '--name <name>',
      cli.text({ en: 'what people call it', th: 'ชื่อที่คนเรียก เช่น "หอกระจายข่าว บ้านโนนสว่าง"' }),
    )
    .action(async (device: string, { village, name }: EnrolOptions) => {
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator, { server }) => {
        const made = await operator.ask('enrol', { device, village, name });
        const { code, expires_at } = made;
        const ticket = writeTicket({ server, code });
        cli.tell({
          en: `code for ${device}: ${code}, good once, until ${when(expires_at, 'en')}`,
          th: `รหัสของ ${device}: ${code} ใช้ได้ครั้งเดียว ถึง ${when(expires_at, 'th')}`,
        });
        cli.tell({
          en: `in the hall: prakat device setup --code ${ticket}`,
          th: `ที่หอ: prakat device setup --code ${ticket}`,
        });
        if (!cli.json && process.stdout.isTTY) {
          const { terminalQr } = await import('../cli/terminal-qr.ts');
          cli.say(terminalQr(ticket) ?? '');
        }
        cli.print({ ...made, ticket });
      });
    });
}

import { type Command, Option } from 'commander';
import type { Operators, Role } from '../../../server/ports.ts';
import { when } from '../../cli/when.ts';
import type { Cli } from '../../cli.ts';

interface AddOptions {
  config?: string;
  role: Role[];
  area: string[];
}

/** Works on the database itself, also while the server runs: for whoever may read the server's files. */
export function registerOperator(server: Command, cli: Cli): void {
  const operator = server
    .command('operator')
    .description(cli.text({ en: 'accounts of people', th: 'บัญชีผู้ใช้' }));
  const verb = (name: string, says: { en: string; th: string }) =>
    operator
      .command(name)
      .description(cli.text(says))
      .option(
        '--config <file>',
        cli.text({ en: 'JSON configuration of the server', th: 'ไฟล์ตั้งค่าของเซิร์ฟเวอร์' }),
      );
  const user = cli.text({ en: 'name of the account', th: 'ชื่อบัญชี' });

  verb('add', {
    en: 'a new account; its owner chooses the password with the code',
    th: 'เพิ่มบัญชี เจ้าของตั้งรหัสผ่านเองด้วยรหัสที่ได้',
  })
    .argument('<user>', user)
    .requiredOption(
      '--area <code...>',
      cli.text({ en: 'what it may speak to: th, or DOPA codes', th: 'พื้นที่ที่ประกาศได้: th หรือรหัสพื้นที่' }),
    )
    .addOption(
      new Option('--role <role...>', cli.text({ en: 'what it may do', th: 'บทบาท' }))
        .choices(['viewer', 'author', 'approver', 'technician', 'auditor', 'key-officer'])
        .default(['author']),
    )
    .action(async (user: string, { config, role, area }: AddOptions) => {
      const areas = await areasOf(area);
      const made = await withAccounts(config, (accounts) => accounts.create({ user, roles: role, areas }));
      tellCode(cli, user, made);
    });
  verb('code', {
    en: 'a new one-time code for an account without its password',
    th: 'ออกรหัสใช้ครั้งเดียวใหม่ให้บัญชีที่ลืมรหัสผ่าน',
  })
    .argument('<user>', user)
    .action(async (user: string, { config }: { config?: string }) =>
      tellCode(cli, user, await withAccounts(config, (accounts) => accounts.renewCode(user))),
    );
  verb('list', { en: 'all accounts', th: 'บัญชีทั้งหมด' }).action(async ({ config }: { config?: string }) => {
    const operators = await withAccounts(config, (accounts) => accounts.list());
    for (const { user, roles, areas } of operators)
      cli.say(`${user.padEnd(20)}  ${areas.join(' ').padEnd(12)}  ${roles.join(' ')}`);
    cli.print({ operators });
  });
}

async function areasOf(written: string[]): Promise<string[]> {
  const { z } = await import('zod');
  const { AreaCode } = await import('../../../firmware-protocol/content/area.ts');
  const { readDocument } = await import('../../../server/faults/read-document.ts');
  const { serverFailure } = await import('../../operator/server-failure.ts');
  try {
    return readDocument(z.object({ area: z.array(AreaCode) }), { area: written }).area;
  } catch (error) {
    throw serverFailure(error);
  }
}

async function withAccounts<T>(
  path: string | undefined,
  work: (accounts: Operators) => Promise<T>,
): Promise<T> {
  const { refuseEmptyFolder, serverConfigAt } = await import('../../operator/server-config.ts');
  const config = await serverConfigAt(path);
  const { openAccounts } = await import('../../../server/app/accounts.ts');
  const { serverFailure } = await import('../../operator/server-failure.ts');
  await refuseEmptyFolder(config);
  try {
    const { accounts, close } = await openAccounts(config);
    return await work(accounts).finally(close);
  } catch (error) {
    throw serverFailure(error);
  }
}

function tellCode(cli: Cli, user: string, { code, expiresAt }: { code: string; expiresAt: number }): void {
  cli.tell({
    en: `one-time code of ${user}: ${code}, until ${when(expiresAt, 'en')}`,
    th: `รหัสใช้ครั้งเดียวของ ${user}: ${code} ใช้ได้ถึง ${when(expiresAt, 'th')}`,
  });
  cli.print({ user, code, expires_at: new Date(expiresAt).toISOString() });
}

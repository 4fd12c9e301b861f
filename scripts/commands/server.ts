import type { Command } from 'commander';
import { z } from 'zod';
import { AreaCode } from '../../firmware-protocol/content/area.ts';
import { type Cli, Failed, Misused } from '../cli.ts';

/** `prakat server`: runs the server in the foreground; `prakat server operator`: the accounts of people. */
export function register(program: Command, cli: Cli): void {
  const server = program
    .command('server')
    .description('run the server of a province / เปิดเซิร์ฟเวอร์ของจังหวัด')
    .option('--config <file>', 'JSON configuration; without it, a server for trying out in this folder')
    .action(async ({ config }: { config?: string }) => {
      // The server is loaded by this verb alone: the others stay quick.
      const { configAt, firstLoginWords, runServer, wordsOf } = await import('../../server/process.ts');
      const code = await configAt(config)
        .then((read) =>
          runServer(read, ({ brokerUrl, httpUrl, firstLogin }) => {
            cli.tell({
              en: `the server runs: ${httpUrl}, ${brokerUrl}; Ctrl-C ends it`,
              th: `เซิร์ฟเวอร์ทำงานแล้ว: ${httpUrl}, ${brokerUrl} กด Ctrl-C เพื่อหยุด`,
            });
            if (firstLogin !== undefined) cli.tell(firstLoginWords(firstLogin));
          }),
        )
        .catch((error: unknown) => {
          throw new Failed(wordsOf(error));
        });
      cli.print({ stopped: code === 0 });
    });
  registerOperator(server, cli);
}

interface AddOptions {
  config?: string;
  role: string;
  area: string[];
}

/** Works on the database itself, also while the server runs: for whoever may read the server's files. */
function registerOperator(server: Command, cli: Cli): void {
  const operator = server.command('operator').description('accounts of people / บัญชีผู้ใช้');
  operator
    .command('add <user>')
    .description('a new account; its owner chooses the password with the code / เพิ่มบัญชี')
    .requiredOption('--area <code...>', 'what it may speak to: th, or DOPA codes')
    .option('--role <role>', 'viewer, operator or admin', 'operator')
    .option('--config <file>', 'JSON configuration of the server')
    .action(async (user: string, options: AddOptions) => {
      const areas = z.array(AreaCode).safeParse(options.area);
      if (!areas.success) throw new Misused(`--area: ${z.prettifyError(areas.error)}`);
      const { ROLES } = await import('../../server/ports.ts');
      const role = ROLES.find((each) => each === options.role);
      if (role === undefined) throw new Misused(`--role is one of ${ROLES.join(', ')}`);
      const made = await withAccounts(options.config, (accounts) =>
        accounts.create({ user, role, areas: areas.data }),
      );
      tellCode(cli, user, made);
    });
  operator
    .command('code <user>')
    .description('a new one-time code for an account without its password / ออกรหัสใช้ครั้งเดียวใหม่')
    .option('--config <file>', 'JSON configuration of the server')
    .action(async (user: string, options: { config?: string }) => {
      tellCode(cli, user, await withAccounts(options.config, (accounts) => accounts.renewCode(user)));
    });
  operator
    .command('list')
    .description('all accounts / บัญชีทั้งหมด')
    .option('--config <file>', 'JSON configuration of the server')
    .action(async (options: { config?: string }) => {
      const operators = await withAccounts(options.config, (accounts) => accounts.list());
      for (const { user, role, areas } of operators) cli.say(`${user}\t${role}\t${areas.join(' ')}`);
      cli.print({ operators });
    });
}

async function withAccounts<T>(
  config: string | undefined,
  work: (accounts: import('../../server/ports.ts').Operators) => Promise<T>,
): Promise<T> {
  const { configAt, wordsOf } = await import('../../server/process.ts');
  const { openAccounts } = await import('../../server/app.ts');
  try {
    const { accounts, close } = await openAccounts(await configAt(config));
    return await work(accounts).finally(close);
  } catch (error) {
    throw new Failed(wordsOf(error));
  }
}

function tellCode(cli: Cli, user: string, { code, expiresAt }: { code: string; expiresAt: number }): void {
  const until = new Date(expiresAt).toISOString();
  cli.tell({
    en: `one-time code of ${user}, good until ${until}: ${code}`,
    th: `รหัสใช้ครั้งเดียวของ ${user} ใช้ได้ถึง ${until}: ${code}`,
  });
  cli.print({ user, code, expires_at: until });
}

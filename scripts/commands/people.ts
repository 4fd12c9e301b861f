import { type Command, Option } from 'commander';
import { ROLE_NAMES } from '../../firmware-protocol/mqtt/people-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { when } from '../cli/when.ts';
import type { Cli } from '../cli.ts';

interface Wanted {
  role?: string[];
  area?: string[];
}

/** `prakat people`: the accounts of one's areas; for who looks after people. Nobody changes an own account. */
export function register(program: Command, cli: Cli): void {
  const list = () => changed(undefined, undefined, {}, cli);
  const people = program.command('people').action(list);
  people
    .command('list')
    .description(cli.text({ en: 'all of them; so does no word at all', th: 'บัญชีทั้งหมด เหมือนไม่ระบุคำสั่งย่อย' }))
    .action(list);
  const verb = (name: string, says: { en: string; th: string }) =>
    people
      .command(name)
      .description(cli.text(says))
      .argument('<user>', cli.text({ en: 'name of the account', th: 'ชื่อบัญชี' }));
  const withRights = (command: Command) =>
    command
      .addOption(
        new Option('--role <role...>', cli.text({ en: 'what it may do', th: 'บทบาท' }))
          .choices([...ROLE_NAMES])
          .makeOptionMandatory(),
      )
      .requiredOption('--area <code...>', cli.text({ en: 'where', th: 'พื้นที่' }));

  withRights(
    verb('add', {
      en: 'a new account; its owner chooses the password with the code',
      th: 'เพิ่มบัญชี เจ้าของตั้งรหัสผ่านเองด้วยรหัสที่ได้',
    }),
  ).action((user: string, wanted: Wanted) => changed('add', user, wanted, cli));
  withRights(verb('roles', { en: 'other roles and areas', th: 'เปลี่ยนบทบาทและพื้นที่' })).action(
    (user: string, wanted: Wanted) => changed('roles', user, wanted, cli),
  );
  verb('code', { en: 'a new one-time code; the password is void', th: 'ออกรหัสใหม่ รหัสผ่านเดิมใช้ไม่ได้' }).action(
    (user: string) => changed('code', user, {}, cli),
  );
  verb('close', { en: 'nothing opens it any more', th: 'ปิดบัญชี' }).action((user: string) =>
    changed('close', user, {}, cli),
  );
}

async function changed(
  change: string | undefined,
  user: string | undefined,
  { role, area }: Wanted,
  cli: Cli,
): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  const { askProven } = await import('../operator/step-up.ts');
  await asOperator(async (operator) => {
    const answer = await askProven(operator, 'people', { change, user, roles: role, areas: area }, cli);
    tell(answer, cli);
    cli.print(answer);
  });
}

function tell({ people, code, expires_at }: AnswerTo<'people'>, cli: Cli): void {
  for (const { user, roles, areas, open } of people)
    cli.tell({
      en: `${user.padEnd(20)} ${areas.join(' ').padEnd(12)} ${roles.join(' ')}${open ? '' : ' (nobody can log on)'}`,
      th: `${user.padEnd(20)} ${areas.join(' ').padEnd(12)} ${roles.join(' ')}${open ? '' : ' (ยังเข้าสู่ระบบไม่ได้)'}`,
    });
  if (code !== undefined && expires_at !== undefined)
    cli.tell({
      en: `one-time code: ${code}, until ${when(expires_at, 'en')}`,
      th: `รหัสใช้ครั้งเดียว: ${code} ใช้ได้ถึง ${when(expires_at, 'th')}`,
    });
}

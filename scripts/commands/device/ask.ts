import { Argument, type Command } from 'commander';
import { LOCAL_VERBS, type LocalVerb } from '../../../firmware-protocol/local/verbs.ts';
import { type Cli, Misused } from '../../cli.ts';
import { LocalAgent } from '../../technician/local-agent.ts';

const CONFIG_PATH = '/etc/prakat/hall.json';
const NAMES = Object.keys(LOCAL_VERBS) as LocalVerb[];

/** `prakat device ask`: one verb of the running agent, as its socket answers it. */
export function registerAsk(device: Command, cli: Cli): void {
  device
    .command('ask')
    .description(cli.text({ en: 'ask the agent that runs on this box', th: 'ถามโปรแกรมที่ทำงานในกล่องนี้' }))
    .addArgument(new Argument('<verb>', cli.text({ en: 'what', th: 'เรื่อง' })).choices(NAMES))
    .argument('[request]', cli.text({ en: 'JSON: {"hours": 48}', th: 'JSON เช่น {"hours": 48}' }), '{}')
    .option(
      '--config <file>',
      cli.text({ en: 'JSON configuration of the hall', th: 'ไฟล์ตั้งค่าของหอ' }),
      CONFIG_PATH,
    )
    .action(async (verb: LocalVerb, request: string, { config }: { config: string }) => {
      const { dataFolderOf } = await import('../../operator/hall-config.ts');
      const data = await dataFolderOf(config);
      const answer = await new LocalAgent(data).ask(verb, requestOf(verb, request));
      if (!cli.json) cli.say(JSON.stringify(answer, undefined, 2));
      cli.print(answer);
    });
}

/** What the agent would refuse is refused here, with its place. */
function requestOf(verb: LocalVerb, text: string): object {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new Misused({ en: `the request is not JSON: ${text}`, th: `คำขอไม่ใช่ JSON: ${text}` });
  }
  const read = LOCAL_VERBS[verb].request.safeParse(raw);
  if (read.success) return read.data;
  const faults = read.error.issues
    .map(({ path, message }) => `${path.join('.') || '.'}: ${message}`)
    .join('; ');
  throw new Misused({ en: `the request does not fit: ${faults}`, th: `คำขอไม่ถูกต้อง: ${faults}` });
}

import { Argument, type Command } from 'commander';
import { LOCAL_VERBS, type LocalVerb } from '../../../firmware-protocol/local/verbs.ts';
import type { Lang } from '../../cli/words.ts';
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
      const wanted = await requestOf(verb, request);
      const { dataFolderOf } = await import('../../operator/hall-config.ts');
      const data = await dataFolderOf(config);
      const answer = await new LocalAgent(data).ask(verb, wanted);
      if (!cli.json) cli.say(JSON.stringify(answer, undefined, 2));
      cli.print(answer);
    });
}

/** What the agent would refuse is refused here, with its place. Rejects with Misused. */
async function requestOf(verb: LocalVerb, text: string): Promise<object> {
  const { isServerError } = await import('../../../server/errors.ts');
  const { readDocument } = await import('../../../server/faults/read-document.ts');
  const { readJson } = await import('../../../server/faults/read-json.ts');
  try {
    return readDocument(LOCAL_VERBS[verb].request, readJson(Buffer.from(text)));
  } catch (error) {
    if (!isServerError(error)) throw error;
    const told = (lang: Lang) =>
      error.faults.map((fault) => `${fault.path || '.'}: ${fault[lang]}`).join('; ');
    throw new Misused({ en: `the request does not fit: ${told('en')}`, th: `คำขอไม่ถูกต้อง: ${told('th')}` });
  }
}

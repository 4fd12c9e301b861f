import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { counted } from '../cli/counted.ts';
import { when } from '../cli/when.ts';
import type { Cli } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import { lineOfPlan } from './plan-line.ts';

type Group = AnswerTo<'hearing'>['groups'][number];

/** Villages named on one line; --json has all of them. */
const NAMED = 8;

/** What the villages of an area hear and see, those together that hear the same. */
export async function tellHearing(
  operator: OperatorClient,
  wish: { area: string; from: string; minutes?: number | undefined },
  cli: Cli,
): Promise<void> {
  const groups: Group[] = [];
  let page: AnswerTo<'hearing'> | undefined;
  do {
    page = await operator.ask('hearing', { ...wish, after: page?.next });
    groups.push(...page.groups);
  } while (page.next !== undefined);
  cli.tell({
    en: `${page.area}, ${when(page.from, 'en')}: ${counted(page.villages, 'village')}, ${page.groups_in_all} different plans`,
    th: `${page.area} ${when(page.from, 'th')}: ${page.villages} หมู่บ้าน ต่างกัน ${page.groups_in_all} แบบ`,
  });
  for (const group of groups) tellGroup(group, cli);
  cli.print({ ...page, groups });
}

function tellGroup({ villages, who, without, plan, differs }: Group, cli: Cli): void {
  const more = who.length > NAMED ? ' …' : '';
  cli.say('');
  cli.tell({
    en: `${counted(villages, 'village')}: ${who.slice(0, NAMED).join(' ')}${more}`,
    th: `${villages} หมู่บ้าน: ${who.slice(0, NAMED).join(' ')}${more}`,
  });
  if (differs !== undefined) cli.say(`  (${cli.text(differs)})`);
  const { box, tower, panel } = without;
  if (box + tower + panel > 0)
    cli.tell({
      en: `  without a box ${box}, without a tower ${tower}, without a sign ${panel}`,
      th: `  ไม่มีกล่อง ${box} ไม่มีหอกระจายข่าว ${tower} ไม่มีป้าย ${panel}`,
    });
  for (const line of plan) cli.say(`  ${lineOfPlan(line, cli)}`);
  if (plan.length === 0) cli.tell({ en: '  nothing is planned', th: '  ไม่มีรายการในช่วงนี้' });
}

import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { counted } from '../cli/counted.ts';
import { when } from '../cli/when.ts';
import type { Cli } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import { waitWords } from './held-words.ts';
import { askProven } from './step-up.ts';

/** What an author does with the programme of an area beside reading it and setting it at once. */

type Check = AnswerTo<'draft'>['check'];

/** What was found before publishing, in words. */
export function tellCheck(cli: Cli, { conflicts, frozen }: Check): void {
  for (const { first, times, areas, en, th } of conflicts)
    cli.say(
      `  ${when(first, cli.lang)}  ${cli.text({ en: `${times} times`, th: `${times} ครั้ง` })}  ${areas.join(' ')}  ${cli.text({ en, th })}`,
    );
  for (const each of frozen)
    cli.tell({ en: `  begins within minutes: ${each}`, th: `  จะเริ่มในไม่กี่นาที: ${each}` });
  if (conflicts.length + frozen.length === 0)
    cli.tell({ en: '  nothing stands against it', th: '  ไม่ขัดกับรายการใด' });
}

/** `document` is `{"entries": [...], "slots": [...]}`; the server judges it. */
export async function writeDraft(
  operator: OperatorClient,
  area: string,
  document: object,
  cli: Cli,
): Promise<void> {
  const draft = await operator.ask('draft', { area, ...document });
  cli.tell({
    en: `draft for ${area}, begun from version ${draft.based_on}: ${counted(draft.entries.length, 'entry')}`,
    th: `ร่างผังรายการของ ${area} เริ่มจากฉบับที่ ${draft.based_on}: ${draft.entries.length} รายการ`,
  });
  tellCheck(cli, draft.check);
  cli.print(draft);
}

export async function publish(
  operator: OperatorClient,
  wish: {
    area: string;
    version?: number | undefined;
    accept?: string[] | undefined;
    dry_run?: boolean | undefined;
  },
  cli: Cli,
): Promise<void> {
  const look = await operator.ask('publish', { ...wish, dry_run: true });
  // The password, where it is asked, is given for what was looked at.
  const done = wish.dry_run
    ? look
    : await askProven(operator, 'publish', { ...wish, sha256: look.sha256 }, cli);
  const { area, version, published, held, waits } = done;
  if (held !== undefined && waits !== undefined) cli.tell(waitWords(held, waits));
  else
    cli.tell(
      published
        ? { en: `published: ${area}, version ${version}`, th: `เผยแพร่แล้ว: ${area} ฉบับที่ ${version}` }
        : { en: `would be version ${version} of ${area}`, th: `หากเผยแพร่จะเป็นฉบับที่ ${version} ของ ${area}` },
    );
  tellCheck(cli, done.check);
  cli.print(done);
}

export async function tellVersions(operator: OperatorClient, area: string, cli: Cli): Promise<void> {
  const told = await operator.ask('versions', { area });
  for (const { version, by, issued_at, entries, same_as } of told.versions) {
    const again =
      same_as === undefined ? '' : cli.text({ en: `, as ${same_as}`, th: ` เหมือนฉบับที่ ${same_as}` });
    cli.tell({
      en: `version ${version}: ${counted(entries, 'entry')}, ${by}, ${when(issued_at, 'en')}${again}`,
      th: `ฉบับที่ ${version}: ${entries} รายการ ${by} ${when(issued_at, 'th')}${again}`,
    });
  }
  cli.print(told);
}

export async function tellDelivery(operator: OperatorClient, area: string, cli: Cli): Promise<void> {
  const told = await operator.ask('delivery', { area });
  const { version, has, older, none } = told;
  cli.tell({
    en: `version ${version}: ${counted(has, 'hall')} with it, ${older} with an older one, ${none} with none`,
    th: `ฉบับที่ ${version}: ได้รับแล้ว ${has} หอ ยังเป็นฉบับเก่า ${older} หอ ยังไม่มี ${none} หอ`,
  });
  for (const hall of told.halls) {
    const since = hall.since === undefined ? '' : when(hall.since, cli.lang);
    cli.say(`  ${hall.village}  ${hall.device}  ${hall.version ?? '-'}  ${since}`.trimEnd());
  }
  cli.print(told);
}

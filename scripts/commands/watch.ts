import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import type { Cli } from '../cli.ts';
import type { OperatorClient } from '../operator/client.ts';
import { followOrder } from '../operator/follow.ts';
import { asOperator } from '../operator/session.ts';

const POLL_MS = 1_000;
type Row = AnswerTo<'devices'>['devices'][number];

/** `prakat watch`: follows one order to its end, or an area's devices as they change. */
export function register(program: Command, cli: Cli): void {
  program
    .command('watch [order]')
    .description('follow an order, or the devices of an area / ติดตามคำสั่งหรือหอในพื้นที่')
    .option('--area <area>', 'whose devices', 'th')
    .option('--once', 'tell the state of the devices once and end')
    .action(async (order: string | undefined, options: { area: string; once?: true }) => {
      await asOperator(async (operator) => {
        if (order !== undefined) cli.print(await followOrder(operator, order, cli));
        else await watchDevices(operator, options.area, options.once === true, cli);
      });
    });
}

async function watchDevices(operator: OperatorClient, area: string, once: boolean, cli: Cli): Promise<void> {
  const told = new Map<string, string>();
  for (;;) {
    const answer = await operator.ask('devices', { area });
    for (const row of answer.devices) {
      const line = describe(row);
      if (told.get(row.device) === line) continue;
      told.set(row.device, line);
      cli.say(line);
    }
    if (once) return cli.print(answer);
    await wait(POLL_MS);
  }
}

function describe(row: Row): string {
  const outputs = Object.entries(row.state?.outputs ?? {}).map(
    ([output, state]) => `${output} ${state?.works ? (state.title ?? 'idle') : 'FAULT'}`,
  );
  const warnings = (row.state?.warnings ?? []).map((code) => `! ${code}`);
  const presence = row.presence?.state ?? 'never seen';
  return [row.village, row.device.padEnd(16), presence.padEnd(10), row.name, ...outputs, ...warnings].join(
    '  ',
  );
}

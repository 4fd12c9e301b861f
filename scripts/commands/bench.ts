import type { Command } from 'commander';
import type { BenchRow } from '../bench/row.ts';
import { type Cli, Misused } from '../cli.ts';

/** Each benchmark measures both sides in one run; figures of other runs or machines do not carry over. */
const BENCHES: Record<string, { says: string; run: (cli: Cli) => Promise<BenchRow[]> }> = {
  alert: {
    says: 'publish -> first sample of the chime, beside a raw MQTT round trip and a started player',
    run: async (cli) => (await import('../bench/alert.ts')).benchAlert(cli),
  },
  agent: {
    says: 'start and resident memory of the agent, beside Node with an MQTT client alone',
    run: async (cli) => (await import('../bench/agent.ts')).benchAgent(cli),
  },
  serial: {
    says: 'goodput and bytes per page of the board wire, beside the line, raw RGB565, Adalight and TPM2',
    run: async (cli) => (await import('../bench/serial/bench-serial.ts')).benchSerial(cli),
  },
  panel: {
    says: 'painting a page as the agent does, beside the font engine alone: time and memory',
    run: async (cli) => (await import('../bench/panel/bench-panel.ts')).benchPanel(cli),
  },
};

export function register(program: Command, cli: Cli): void {
  const list = Object.entries(BENCHES).map(([name, bench]) => `  ${name.padEnd(8)} ${bench.says}`);
  program
    .command('bench <name>')
    .description('measure, beside the floor, in one run / วัดสมรรถนะ')
    .addHelpText('after', `\nBenchmarks:\n${list.join('\n')}`)
    .action(async (name: string) => {
      const bench = BENCHES[name];
      if (bench === undefined) throw new Misused(`bench knows ${Object.keys(BENCHES).join(', ')}`);
      const rows = await bench.run(cli);
      for (const row of rows) cli.say(lineOf(row));
      cli.print(rows);
    });
}

function lineOf(row: BenchRow): string {
  const worst = row.worst === undefined ? '' : `  worst ${row.worst}`;
  return `${row.name.padEnd(20)} ${row.product} ${row.unit}  floor ${row.floor}  ratio ${row.ratio}${worst}  (${row.runs} runs)`;
}

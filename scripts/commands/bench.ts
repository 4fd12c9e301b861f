import type { Command } from 'commander';
import type { BenchRow } from '../bench/row.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import { type Cli, Misused } from '../cli.ts';

/** Each benchmark measures both sides in one run; figures of other runs or machines do not carry over. */
const BENCHES: Record<string, { says: string; run: (cli: Cli, options: Options) => Promise<BenchRow[]> }> = {
  alert: {
    says: 'publish -> first sample of the chime, beside a raw MQTT round trip and a player that waits',
    run: async (cli) => (await import('../bench/alert.ts')).benchAlert(cli),
  },
  start: {
    says: 'error of the first sound against a given instant, beside ffmpeg | aplay started then',
    run: async (cli) => (await import('../bench/start.ts')).benchStart(cli),
  },
  agent: {
    says: 'start, resident memory and processor of the agent, beside Node that does nothing',
    run: async (cli, options) => (await import('../bench/agent.ts')).benchAgent(cli, options),
  },
  serial: {
    says: 'goodput and bytes per page of the board wire, beside the line, raw RGB565, Adalight and TPM2',
    run: async (cli) => (await import('../bench/serial/bench-serial.ts')).benchSerial(cli),
  },
  panel: {
    says: 'painting a page as the agent does, beside the font engine alone: time and memory',
    run: async (cli) => (await import('../bench/panel/bench-panel.ts')).benchPanel(cli),
  },
  fanout: {
    says: 'one order to thousands of real connections, until the last has it, beside Mosquitto alone',
    run: async (cli, options) => (await import('../bench/fanout/bench-fanout.ts')).benchFanout(cli, options),
  },
  ingest: {
    says: "reports and measurements stored a second, durably, beside the database's own batched inserts",
    run: async (cli) => (await import('../bench/ingest/bench-ingest.ts')).benchIngest(cli),
  },
  nation: {
    says: '75,000 halls, and how it grows from 1,000: the map, an order to all and its answers, beside SQLite',
    run: async (cli) => (await import('../bench/nation/bench-nation.ts')).benchNation(cli),
  },
  console: {
    says: 'first visits of the console and of the village page on a slow phone: bytes, paint, readiness, beside a bare page',
    run: async (cli) => (await import('../bench/console/bench-console.ts')).benchConsole(cli),
  },
  resolve: {
    says: 'occurrences of 1,000 rules beside rrule-temporal; a week of a whole province explained',
    run: async (cli) => (await import('../bench/resolve/bench-resolve.ts')).benchResolve(cli),
  },
  world: {
    says: 'simulated years of a hall with power cuts, bad lines, lying clocks, full disks, broken amplifiers: invariants at every step',
    run: async (cli, options) => (await import('../bench/world.ts')).benchWorld(cli, options),
  },
};

interface Options {
  years: number;
  seed: number;
  orders: number;
  halls: number;
}

export function register(program: Command, cli: Cli): void {
  const list = Object.entries(BENCHES).map(([name, bench]) => `  ${name.padEnd(8)} ${bench.says}`);
  program
    .command('bench <name>')
    .addHelpText(
      'after',
      `\n${cli.text({ en: 'Benchmarks:', th: 'สิ่งที่วัด (คำอธิบายเป็นภาษาอังกฤษ สำหรับผู้พัฒนา):' })}\n${list.join('\n')}`,
    )
    .option(
      '--years <n>',
      cli.text({ en: 'world: so many years', th: 'world: จำนวนปี' }),
      wholeNumber('--years', 1, 1_000),
      1,
    )
    .option(
      '--seed <n>',
      cli.text({ en: 'world: of the first year', th: 'world: ค่าเริ่มสุ่มของปีแรก' }),
      wholeNumber('--seed', 1, 2 ** 31),
      1,
    )
    .option(
      '--orders <n>',
      cli.text({ en: 'agent: so many orders', th: 'agent: จำนวนคำสั่ง' }),
      wholeNumber('--orders', 1, 1_000_000),
      10_000,
    )
    .option(
      '--halls <n>',
      cli.text({ en: 'fanout: so many halls', th: 'fanout: จำนวนหอ' }),
      wholeNumber('--halls', 1, 75_000),
      10_000,
    )
    .action(async (name: string, options: Options) => {
      const bench = BENCHES[name];
      if (bench === undefined) {
        const known = Object.keys(BENCHES).join(', ');
        throw new Misused({
          en: `bench knows ${known}; not ${name}`,
          th: `bench รู้จัก ${known} ไม่รู้จัก ${name}`,
        });
      }
      const rows = await bench.run(cli, options);
      for (const row of rows) cli.say(lineOf(row));
      cli.print(rows);
    });
}

function lineOf(row: BenchRow): string {
  const worst = row.worst === undefined ? '' : `  worst ${row.worst}`;
  return `${row.name.padEnd(20)} ${row.product} ${row.unit}  floor ${row.floor}  ratio ${row.ratio}${worst}  (${row.runs} runs)`;
}

import type { DiagnoseWord } from './diagnose-words.ts';

/** `prakat_halls{presence="online"}` -> its value, of Prometheus' text format 0.0.4. Lines that are none are left out. */
export function readMetrics(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    const space = line.lastIndexOf(' ');
    const value = Number(line.slice(space + 1));
    if (space > 0 && line.slice(space + 1) !== '' && !Number.isNaN(value))
      found.set(line.slice(0, space), value);
  }
  return found;
}

export interface Figure {
  word: DiagnoseWord;
  value: string;
  /** Something that a person should look at. */
  bad: boolean;
}

/** An event loop that is later than this keeps people waiting. */
const LATE_S = 0.25;
const MIB = 2 ** 20;

/** What an operator reads of a server's figures, and which of them are not as they should be. */
export function figuresOf(metrics: ReadonlyMap<string, number>): Figure[] {
  const sum = (name: string) =>
    [...metrics]
      .filter(([key]) => key === name || key.startsWith(`${name}{`))
      .reduce((total, [, value]) => total + value, 0);
  const whole = (value: number) => Math.round(value).toLocaleString('en-US');
  const lag = metrics.get('nodejs_eventloop_lag_p99_seconds') ?? 0;
  const dropped = sum('prakat_mail_dropped_total');
  return [
    { word: 'hallsOnline', value: whole(metrics.get('prakat_halls{presence="online"}') ?? 0), bad: false },
    { word: 'hallsOffline', value: whole(metrics.get('prakat_halls{presence="offline"}') ?? 0), bad: false },
    {
      word: 'openWaiting',
      value: whole(metrics.get('prakat_deliveries_open{state="waiting"}') ?? 0),
      bad: false,
    },
    { word: 'openSent', value: whole(metrics.get('prakat_deliveries_open{state="sent"}') ?? 0), bad: false },
    { word: 'mailHeld', value: whole(sum('prakat_mail_held')), bad: false },
    { word: 'mailDropped', value: whole(dropped), bad: dropped > 0 },
    { word: 'loopLag', value: `${whole(lag * 1_000)} ms`, bad: lag > LATE_S },
    {
      word: 'serverMemory',
      value: `${whole((metrics.get('process_resident_memory_bytes') ?? 0) / MIB)} MiB`,
      bad: false,
    },
  ];
}

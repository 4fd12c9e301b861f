import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Finding, found, plain } from './finding.ts';

const run = promisify(execFile);
/** ModemManager asks the modem itself, which may be busy. */
const MODEM_MS = 6_000;

export const SIGNAL_LIMITS = {
  /** Below it a Wi-Fi line repeats more than it carries. */
  wifiDbm: -75,
  /** ModemManager's own measure, in percent. */
  modemPercent: 30,
} as const;

const REMEDY = {
  en: 'move the antenna higher and away from metal, or use an outdoor one; try the SIM card of another network',
  th: 'ย้ายเสาอากาศให้สูงและห่างจากโลหะ หรือใช้เสาภายนอก ลองซิมของเครือข่ายอื่น',
};

export interface SignalSources {
  /** Path of the kernel's table of Wi-Fi interfaces. */
  wireless: string;
  /** What `mmcli -m any -J` says; rejects where there is no ModemManager. */
  modem: () => Promise<string>;
}

const BOX: SignalSources = {
  wireless: '/proc/net/wireless',
  modem: async () => (await run('mmcli', ['-m', 'any', '-J'], { timeout: MODEM_MS })).stdout,
};

const Modem = z.object({
  modem: z.object({
    generic: z.object({
      state: z.string().optional(),
      'signal-quality': z.object({ value: z.coerce.number() }),
      'access-technologies': z.array(z.string()).default([]),
    }),
  }),
});

/** The modem where there is one, else Wi-Fi; a cable has no signal. */
export async function lookAtSignal(sources: SignalSources = BOX): Promise<Finding> {
  const modem = Modem.safeParse(jsonOf(await sources.modem().catch(() => '')));
  if (modem.success) {
    const { 'signal-quality': quality, 'access-technologies': kinds, state } = modem.data.modem.generic;
    const figure = plain([`${quality.value} %`, ...kinds, ...(state ? [state] : [])].join(', '));
    return quality.value >= SIGNAL_LIMITS.modemPercent ? found('signal', 'ok', { figure }) : weak(figure);
  }
  const [first] = wifiLevels(await readFile(sources.wireless, 'utf8').catch(() => ''));
  if (first === undefined)
    return found('signal', 'skipped', {
      cause: { en: 'a cable, or a modem of its own', th: 'ใช้สาย หรือโมเด็มแยก' },
    });
  const figure = plain(`${first.name} ${first.dbm} dBm`);
  return first.dbm >= SIGNAL_LIMITS.wifiDbm ? found('signal', 'ok', { figure }) : weak(figure);
}

function weak(figure: { en: string; th: string }): Finding {
  return found('signal', 'warn', {
    figure,
    cause: { en: 'the signal is weak: the line comes and goes', th: 'สัญญาณอ่อน: การเชื่อมต่อจะหลุดบ่อย' },
    remedy: REMEDY,
  });
}

/** ` wlan0: 0000   54.  -56.  -256 …`: the level is the third number, in dBm where it is negative. */
function wifiLevels(table: string): { name: string; dbm: number }[] {
  return [...table.matchAll(/^\s*(\S+):\s+\S+\s+\S+\s+(-\d+)\.?\s/gm)].map(([, name = '', dbm]) => ({
    name,
    dbm: Number(dbm),
  }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

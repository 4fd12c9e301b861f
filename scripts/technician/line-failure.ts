import { parseLine } from '../../device/drivers/line/line.ts';
import { isDeviceError } from '../../device/errors.ts';
import type { Words } from '../cli/words.ts';
import { Failed, Misused } from '../cli.ts';
import { deviceFailure } from '../operator/device-failure.ts';
import { holderOf, type PortHolder } from './port-holder.ts';

/** Throws Misused where this names no line. */
export function checkLine(spec: string): string {
  try {
    parseLine(spec);
    return spec;
  } catch (error) {
    if (!isDeviceError(error, 'config-invalid')) throw error;
    throw new Misused({
      en: `--line is /dev/name, board:ID or serial:VID:PID, each with or without @baud, or tcp:host:port; not "${spec}"`,
      th: `--line ต้องเป็น /dev/ชื่อ board:ID หรือ serial:VID:PID จะมี @baud หรือไม่ก็ได้ หรือ tcp:host:port ไม่ใช่ "${spec}"`,
    });
  }
}

/** Why a line cannot be used, with what to do about it: a running agent holds its port, and that is no fault. */
export async function lineFailure(spec: string, error: unknown): Promise<unknown> {
  const line = parseLine(spec);
  const holder = line.kind === 'serial' && isUnopened(error) ? await holderOf(line.path) : undefined;
  if (holder !== undefined && holder.pid !== process.pid)
    return new Failed(heldWords(spec, holder), {
      code: 'line-held',
      document: { line: spec, heldBy: holder },
    });
  const failed = deviceFailure(error);
  if (!(failed instanceof Failed)) return failed;
  return new Failed(
    { en: `${failed.words.en}: ${spec}`, th: `${failed.words.th}: ${spec}` },
    { code: failed.code, document: { line: spec }, cause: failed.cause },
  );
}

function isUnopened(error: unknown): boolean {
  return isDeviceError(error) && (error.code === 'line-gone' || error.context.reason === 'line-gone');
}

export function heldWords(spec: string, { pid, program }: PortHolder): Words {
  const who = program === undefined ? `pid ${pid}` : `${program}, pid ${pid}`;
  return {
    en: `another program holds ${spec} (${who}). If it is the agent of this hall, stop it first (systemctl stop prakat), and start it again afterwards`,
    th: `มีโปรแกรมอื่นใช้ ${spec} อยู่ (${who}) หากเป็นโปรแกรมของหอนี้ ให้หยุดก่อน (systemctl stop prakat) แล้วเปิดใหม่เมื่อเสร็จ`,
  };
}

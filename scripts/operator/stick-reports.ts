import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StickFolder } from '../../device/drivers/stick/stick-folder.ts';
import { STICK, STICK_FOLDER } from '../../firmware-protocol/stick/layout.ts';
import { Failed } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import { deviceFailure } from './device-failure.ts';

export interface Imported {
  /** Device -> reports of it are stored up to this number. */
  stored: Record<string, number>;
  batches: number;
  refused: { name: string; en: string; th: string }[];
}

/** Gives the server each batch of reports on a stick, the oldest of a hall first. A refused one holds up no other. */
export async function importReports(operator: OperatorClient, folder: string): Promise<Imported> {
  const stick = new StickFolder(folder);
  const imported: Imported = { stored: {}, batches: 0, refused: [] };
  for (const name of await batchesOn(folder))
    try {
      const bytes = await stick.read(name, STICK.reports.maxBytes).catch((error: unknown) => {
        throw deviceFailure(error);
      });
      const { device, stored_up_to } = await operator.ask('import', { batch: jsonOf(bytes) });
      imported.stored[device] = Math.max(stored_up_to, imported.stored[device] ?? 0);
      imported.batches += 1;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      imported.refused.push({ name, ...error.words });
    }
  return imported;
}

async function batchesOn(folder: string): Promise<string[]> {
  const reports = join(folder, STICK_FOLDER, 'reports');
  const devices = await readdir(reports).catch((cause: unknown) => {
    throw new Failed(
      { en: `there are no reports in ${reports}`, th: `ไม่มีรายงานใน ${reports}` },
      { code: 'no-reports', cause },
    );
  });
  const names = await Promise.all(
    devices.map(async (device) =>
      (await readdir(join(reports, device)).catch(() => [])).map((name) => `${device}/${name}`),
    ),
  );
  return names
    .flat()
    .filter((name) => STICK.reports.name.test(name))
    .sort((a, b) => firstIn(a) - firstIn(b))
    .map((name) => `reports/${name}`);
}

function firstIn(name: string): number {
  return Number(/\/(\d+)-/.exec(name)?.[1]);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Failed({ en: 'damaged', th: 'ไฟล์เสียหาย' }, { code: 'malformed', cause });
  }
}

import { z } from 'zod';
import { DeviceConfig } from '../../device/config.ts';
import { forbidden } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';
import { refuseConfig, writtenJson } from './written-document.ts';

/** The configuration of a hall. Rejects with Failed: each fault with its place, in both languages; or why the file cannot be read. */
export async function readHallConfig(path: string): Promise<DeviceConfig> {
  const written = await writtenHall(path);
  refuseConfig(path, DeviceConfig, written);
  return DeviceConfig.parse(written);
}

const DataFolder = z.looseObject({ data: DeviceConfig.shape.data });

/** Where the hall's agent is found. A fault elsewhere in the file, half edited say, keeps nobody from telling it to stop. */
export async function dataFolderOf(path: string): Promise<string> {
  const written = await writtenHall(path);
  refuseConfig(path, DataFolder, written);
  return DataFolder.parse(written).data;
}

async function writtenHall(path: string): Promise<unknown> {
  return await writtenJson(path).catch((error: unknown) => {
    throw unreadable(path, error) ?? error;
  });
}

/** What stands in the way of the file, in the words of who has to do something about it. */
function unreadable(path: string, error: unknown): Failed | undefined {
  const cause = error instanceof Failed ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EACCES') return forbidden(path, cause);
  if (code !== 'ENOENT') return undefined;
  return new Failed(
    {
      en: `there is no ${path}: name the configuration with --config; a new box is set up with prakat device setup`,
      th: `ไม่มีไฟล์ ${path} ให้ระบุด้วย --config กล่องใหม่ให้ใช้ prakat device setup`,
    },
    { code: 'no-file' },
  );
}

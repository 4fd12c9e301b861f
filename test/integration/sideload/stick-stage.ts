import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MediaFolder } from '../../../device/drivers/media-folder.ts';
import { stickPlaces } from '../../../device/drivers/stick/stick-places.ts';
import type { StickPlaces } from '../../../device/sideload/stick.ts';
import type { ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import type { SideloadResult } from '../../../firmware-protocol/stick/layout.ts';
import { MORNING_NEWS } from '../../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, World } from '../../../scripts/virtual-world/world.ts';

/** A hall whose line is cut, with a real folder of files, and a stick that a technician brings. */
export class StickStage {
  readonly world: World;
  readonly stick: string;
  readonly media: string;

  private constructor(folder: string, sticks?: StickPlaces) {
    this.stick = join(folder, 'sticks', 'usb');
    this.media = join(folder, 'media');
    const mediaStore = new MediaFolder({ folder: this.media, clock: { wall: () => this.world.time.wall() } });
    this.world = new World({
      files: { mediaStore, sticks: sticks ?? stickPlaces([join(folder, 'sticks', '*')]) },
    });
  }

  static async open(sticks?: (folder: string) => StickPlaces): Promise<StickStage> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-stick-'));
    const stage = new StickStage(folder, sticks?.(join(folder, 'sticks', 'usb')));
    onTestFinished(async () => {
      stage.world.hall.powerOff();
      await rm(folder, { recursive: true });
    });
    await stage.world.up();
    await stage.world.pass(MINUTE);
    stage.world.broker.cutNetwork();
    await stage.world.pass(SECOND);
    return stage;
  }

  async put(name: string, content: object | Buffer): Promise<void> {
    const path = join(this.stick, 'prakat', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }

  /** As somebody at the box asks for it. */
  async sideload(): Promise<SideloadResult> {
    const { local } = this.world.hall;
    if (local === undefined) throw new Error('the hall is not up');
    return local.sideload(this.stick);
  }

  /** What the hall wrote down and has not sent. */
  events(type: ReportEvent['type']): ReportEvent[] {
    return this.world.hall.disk.reports.map(({ event }) => event).filter((event) => event.type === type);
  }
}

export const SPEECH = Buffer.from('เสียงตามสาย '.repeat(2_000));

export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The morning news of a week, with `content` as its sound. */
export function newsWith(content: Buffer, bytes = content.length): ProgrammeEntry {
  const part = { type: 'media' as const, sha256: hashOf(content), bytes, ms: 180_000 };
  const tower = { chime: 'ding' as const, parts: [part], times: 1, gap_ms: 2_000 };
  return { ...MORNING_NEWS, announcement: { ...MORNING_NEWS.announcement, tower } };
}

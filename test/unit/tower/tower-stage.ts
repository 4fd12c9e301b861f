import type { Play } from '../../../device/playout/play.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { type SoundRules, TowerPerformer } from '../../../device/tower/tower-performer.ts';
import type { TowerContent } from '../../../firmware-protocol/content/announcement.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { playOf } from '../playout/stage.ts';
import { FakeAmplifier, FakeDecoder, FakePlayer } from './fake-sound.ts';

export interface TowerStage {
  clock: VirtualClock;
  player: FakePlayer;
  amplifier: FakeAmplifier;
  decoder: FakeDecoder;
  tower: TowerPerformer;
  /** What was switched and closed, in order. */
  told: string[];
}

/** A tower whose card, amplifier and decoder are fakes on a virtual clock. Media `<n>` is a tone of n ms. */
export function setTowerStage(options: { senses?: boolean; sound?: Partial<SoundRules> } = {}): TowerStage {
  const clock = new VirtualClock();
  const told: string[] = [];
  const tell = (what: string) => void told.push(what);
  const player = new FakePlayer(clock, tell);
  const amplifier = new FakeAmplifier(clock, tell, options.senses ?? true);
  const decoder = new FakeDecoder();
  const tower = new TowerPerformer({
    player,
    amplifier,
    decoder,
    chime: makeChime,
    ensureMedia: async ({ sha256 }) => `tone-${Number(sha256)}`,
    clock,
    log: silentLog,
    sound: { gainDb: 0, ...options.sound },
  });
  return { clock, player, amplifier, decoder, tower, told };
}

/** A part whose file is a tone of that length. */
export function toneOf(ms: number): TowerContent['parts'][number] {
  return { type: 'media', sha256: String(ms).padStart(64, '0'), bytes: 1, ms };
}

export function towerPlay(clock: VirtualClock, said: Partial<TowerContent>, id = 'A'): Play {
  const tower = { chime: 'none', parts: [], times: 1, gap_ms: 0, ...said } as TowerContent;
  return playOf(clock, id, 'scheduled', { announcement: { title: id, language: 'th', tower } });
}

export function signal(): AbortController {
  return new AbortController();
}

import type { Output } from '../../firmware-protocol/content/band.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import type { LinkState } from '../../firmware-protocol/local/verbs.ts';
import type { DeviceState, Health, InputLevel } from '../../firmware-protocol/mqtt/messages.ts';
import type { SideloadResult } from '../../firmware-protocol/stick/layout.ts';
import type { ExplainedCheck } from '../health/checks/explained-check.ts';
import type { Play } from '../playout/play.ts';
import type { TrustedClock } from '../time/trusted-clock.ts';
import type { RecentEvents } from './recent-events.ts';

/** What the agent lets somebody at the box see and do. Nothing here changes what the hall believes. */
export interface LocalHall {
  device: string;
  clock: Pick<TrustedClock, 'wall' | 'trust' | 'after' | 'monotonic'>;
  outputs: Output[];
  recent: RecentEvents;
  state(): DeviceState;
  /** What was said with each warning that is raised, by its code. */
  details(): Record<string, string>;
  health(): Promise<Health>;
  /** What was looked at last, or is looked at now, explained; empty where nobody looks at the box. */
  checks(isNow: boolean): Promise<ExplainedCheck[]>;
  link(): Promise<LinkState>;
  /** Rejects with DeviceError `bus-lost` while there is no line; `server_ms` is absent where the server did not answer. */
  roundTrip(): Promise<{ broker_ms: number; server_ms?: number }>;
  programmes(): Programme[];
  /** Accepts it durably and hands it to the playout, where the ladder and the laws decide. Rejects as `Store.commit`. */
  play(play: Play): Promise<void>;
  /** Rejects with DeviceError `stick-unreadable` when there is nothing of ours in the folder. */
  sideload(folder: string): Promise<SideloadResult>;
  /** Ends all below life-safety; resolves when silent. */
  stop(by: PlayId): Promise<void>;
  /** What each input hears now; absent = this hall has none. */
  inputLevels?: () => Promise<InputLevel[]>;
}

import type { Change, Claim } from '../../../device/ports.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';

/** Reports and claims as an agent makes them. */

export const stamped = (event: ReportEvent, boot = 1): NonNullable<Change['reports']>[number] => ({
  at: '2026-11-13T18:30:00.000+07:00',
  trust: 'server',
  boot,
  event,
});

export const started = (play: string): ReportEvent => ({
  type: 'started',
  play,
  output: 'tower',
  band: 60,
  title: 'น้ำท่วม โปรดระวัง',
});

export const ended = (play: string): ReportEvent => ({
  type: 'ended',
  play,
  output: 'tower',
  outcome: 'finished',
  ended_at: '2026-11-13T18:31:00.000+07:00',
});

export const claimOf = (play: string, change: Partial<Claim> = {}): Claim => ({
  play,
  output: 'tower',
  boot: 1,
  at: 1_000,
  keep_until: 5_000,
  state: 'accepted',
  ...change,
});

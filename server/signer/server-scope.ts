import { KEY_USES } from '../../firmware-protocol/content/key-set.ts';

/** All but `release`: who takes over a server speaks to villages until the roots say otherwise, but replaces no program. */
export const SERVER_USES = KEY_USES.filter((use) => use !== 'release');

/** The key of a first start; the set that names it may be narrower, and ends it. */
export const SERVER_SCOPE = {
  areas: ['th'],
  uses: [...SERVER_USES],
  max_band: 90,
  not_before: '2000-01-01T00:00:00.000+07:00',
  not_after: '2199-12-31T00:00:00.000+07:00',
};

/**
 * What rotation makes of one key: a stolen one of every day raises no alarm, and the one for alarms plans no programme. A
 * programme may hold a ceremony.
 */
export const ROTATED_SCOPES = {
  daily: {
    uses: SERVER_USES.filter((use) => use !== 'alert' && use !== 'all-clear'),
    max_band: 80,
  },
  alarm: { uses: ['alert', 'all-clear', 'stop'], max_band: 90 },
} as const;
export type RotatedName = keyof typeof ROTATED_SCOPES;

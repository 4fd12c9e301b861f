/** What halls are counted by: there now; an output that it has does not work; it does not know the time; it warns of something. */
export const FLEET_FLAGS = ['online', 'tower_fault', 'sign_fault', 'clock', 'warned'] as const;
export type FleetFlag = (typeof FLEET_FLAGS)[number];

/** Why a hall is on a list: what halls are counted by, and `silent` for one that is not there. */
export const HALL_FILTERS = [...FLEET_FLAGS, 'silent'] as const;
export type HallFilter = (typeof HALL_FILTERS)[number];

/** What a list is sorted by. `trouble`: the worst first; `seen_at`: silent for longest first; what is equal, by village. */
export const HALL_SORTS = ['village', 'name', 'device', 'trouble', 'seen_at', 'version'] as const;
export type HallSort = (typeof HALL_SORTS)[number];

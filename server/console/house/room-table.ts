import type { Room } from './rooms.ts';

/** Every room, in the order of the side bar. */
export const ROOMS: readonly Room[] = [];

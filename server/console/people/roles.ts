import type { ROLE_NAMES } from '../../../firmware-protocol/mqtt/people-requests.ts';

export type Role = (typeof ROLE_NAMES)[number];

/** In the order in which they are offered. */
export const ROLES: readonly Role[] = [
  'viewer',
  'author',
  'approver',
  'technician',
  'auditor',
  'key-officer',
];

export const isRole = (role: string): role is Role => ROLES.some((each) => each === role);

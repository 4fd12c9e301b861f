import type { OperatorIdentity, Role } from '../ports.ts';

/** What an account may do, each within its areas. */
export type Right =
  /** Halls, orders, programmes, reports. */
  | 'read'
  /** A test, which says that it is one. */
  | 'test'
  /** Announcements, alerts, programmes, uploads. */
  | 'speak'
  /** Silence is never dangerous to ask for: whoever may say yes may also say stop. */
  | 'stop'
  /** To be the second person. */
  | 'approve'
  /** New halls. */
  | 'enrol'
  /** Documents and reports by stick. */
  | 'carry'
  /** The book of who did what. */
  | 'audit'
  /** Accounts. */
  | 'people'
  /** Signing keys. */
  | 'keys';

/** Who writes does not approve, who approves does not write: an office that wants both in one person gives both roles. */
export const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  viewer: ['read'],
  author: ['read', 'test', 'speak', 'stop', 'carry'],
  approver: ['read', 'stop', 'approve'],
  technician: ['read', 'test', 'enrol', 'carry'],
  auditor: ['read', 'audit'],
  'key-officer': ['read', 'people', 'keys'],
};

export function hasRight({ roles }: Pick<OperatorIdentity, 'roles'>, right: Right): boolean {
  return roles.some((role) => RIGHTS_OF[role].includes(right));
}

/** All of them, each once. */
export function rightsOf({ roles }: Pick<OperatorIdentity, 'roles'>): Right[] {
  return [...new Set(roles.flatMap((role) => RIGHTS_OF[role]))];
}

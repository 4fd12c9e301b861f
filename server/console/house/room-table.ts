import { IconAlertTriangle, IconBroadcast, IconChecks, IconMailbox } from '@tabler/icons-react';
import type { Room } from './rooms.ts';

/** Every room, in the order of the side bar. */
export const ROOMS: readonly Room[] = [
  {
    path: '/',
    name: { th: 'หอกระจายข่าว', en: 'Towers and signs' },
    icon: IconBroadcast,
    group: 'now',
    key: 'f',
    load: () => import('../fleet/fleet-room.tsx'),
  },
  {
    path: '/emergency',
    name: { th: 'เตือนภัย', en: 'Emergency' },
    icon: IconAlertTriangle,
    group: 'now',
    key: 'e',
    load: () => import('../emergency/emergency-room.tsx'),
  },
  {
    path: '/approvals',
    name: { th: 'รออนุมัติ', en: 'Approvals' },
    icon: IconChecks,
    group: 'now',
    key: 'a',
    load: () => import('../approvals/approval-room.tsx'),
  },
  {
    path: '/warnings',
    name: { th: 'ประกาศเตือนจากหน่วยงาน', en: 'Warnings of agencies' },
    icon: IconMailbox,
    group: 'now',
    key: 'w',
    load: () => import('../warnings/warning-room.tsx'),
  },
];

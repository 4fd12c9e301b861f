import {
  IconAlertTriangle,
  IconBroadcast,
  IconCalendarWeek,
  IconChecks,
  IconListCheck,
  IconMailbox,
  IconSpeakerphone,
} from '@tabler/icons-react';
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
    path: '/push',
    name: { th: 'ประกาศทันที', en: 'Announce now' },
    icon: IconSpeakerphone,
    group: 'now',
    right: 'speak',
    key: 'p',
    load: () => import('../push/push-room.tsx'),
  },
  {
    path: '/orders',
    name: { th: 'ประกาศที่ส่งแล้ว', en: 'What was sent' },
    icon: IconListCheck,
    group: 'now',
    key: 'o',
    load: () => import('../push/orders-room.tsx'),
  },
  {
    path: '/orders/$order',
    name: { th: 'ความคืบหน้าของประกาศ', en: 'Progress of an announcement' },
    icon: IconListCheck,
    group: 'now',
    inner: true,
    load: () => import('../push/order-room.tsx'),
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
  {
    path: '/schedule',
    name: { th: 'ผังรายการ', en: 'Schedule' },
    icon: IconCalendarWeek,
    group: 'plan',
    key: 's',
    load: () => import('../schedule/schedule-room.tsx'),
  },
];

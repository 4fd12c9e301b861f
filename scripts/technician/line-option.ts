import type { Words } from '../cli/words.ts';

export const LINE_WORDS: Words = {
  en: '/dev/name[@baud], board:ID, serial:VID:PID or tcp:host:port; the agent must not be using it',
  th: '/dev/ชื่อ[@baud] board:ID serial:VID:PID หรือ tcp:host:port ต้องไม่มีโปรแกรมหอใช้อยู่',
};

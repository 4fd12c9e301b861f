import { codecOf } from './layout.ts';

export const statusAsk = codecOf([]);

/**
 * What the board really holds, computed when asked: CRC of the page that is shown and of the one being drawn, pages shown
 * since it started, seconds since then, frames it threw away.
 */
export const status = codecOf([
  { name: 'shown', as: 'u32' },
  { name: 'drawn', as: 'u32' },
  { name: 'pages', as: 'u32' },
  { name: 'uptimeSeconds', as: 'u32' },
  { name: 'discarded', as: 'u32' },
]);

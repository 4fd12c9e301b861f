import { IconCircleCheck, IconCircleDashed, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import type { FateGroup } from './use-progress.ts';

/** How the four fates of a hall look, in a bar and in a row. */
export const LOOK = {
  heard: { color: 'green', icon: IconCircleCheck },
  coming: { color: 'blue', icon: IconCircleDashed },
  vain: { color: 'red', icon: IconCircleX },
  unknown: { color: 'gray', icon: IconHelpCircle },
} as const satisfies Record<FateGroup, unknown>;

import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Language } from '../words/language.ts';

/** A room of the console: a page of its own, loaded when it is entered. */
export interface Room {
  /** Below `/console`. */
  path: string;
  name: Record<Language, string>;
  icon: Icon;
  group: 'now' | 'plan' | 'office';
  /** Shown to who has this right; absent = to everybody. */
  right?: string;
  /** After `g`: `g f` goes to the fleet. */
  key?: string;
  /** Reached from other rooms, not from the side bar. */
  inner?: true;
  load: () => Promise<{ default: ComponentType }>;
}

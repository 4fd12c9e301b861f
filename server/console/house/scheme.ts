import type { MantineColorScheme } from '@mantine/core';

/** Colours of the screen. `black` is the dark scheme with its greys put out, for duty rooms at night. */
export const SCHEMES = ['light', 'dark', 'black'] as const;
export type Scheme = (typeof SCHEMES)[number];

const KEPT_AS = 'prakat.black';

export function applyScheme(scheme: Scheme, set: (scheme: MantineColorScheme) => void): void {
  set(scheme === 'light' ? 'light' : 'dark');
  localStorage.setItem(KEPT_AS, String(scheme === 'black'));
  showBlack(scheme === 'black');
}

export function startScheme(): void {
  showBlack(localStorage.getItem(KEPT_AS) === 'true');
}

function showBlack(black: boolean): void {
  document.documentElement.toggleAttribute('data-black', black);
}

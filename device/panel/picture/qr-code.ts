import type { Bitmap } from '../../sign-ports.ts';

/** Modules of a QR code, row by row, true = dark, without the quiet zone. */
export type QrModules = boolean[][];

/** Share of a symbol that may be damaged: `low` 7 %, `medium` 15 %. */
export type QrCorrection = 'low' | 'medium';

/** Makes the modules; undefined = no QR code holds the text. */
export type QrEncode = (text: string, correction: QrCorrection) => QrModules | undefined;

export interface QrSymbol {
  modules: QrModules;
  lampsPerModule: number;
}

/** Free modules on each side (ISO/IEC 18004:2015, 5.3.8). */
const QUIET_MODULES = 4;

/**
 * The symbol for a square of so many lamps: as many lamps a module as fit, for that is how far away it can be read;
 * more error correction where it costs none of them. Undefined = the square is too small.
 */
export function qrFor(text: string, sideLamps: number, encode: QrEncode): QrSymbol | undefined {
  const [low, medium] = (['low', 'medium'] as const).map((correction) => {
    const modules = encode(text, correction);
    return modules && { modules, lampsPerModule: Math.floor(sideLamps / sideOf(modules)) };
  });
  if (low === undefined || low.lampsPerModule < 1) return undefined;
  return medium !== undefined && medium.lampsPerModule >= low.lampsPerModule ? medium : low;
}

/** Modules of a side, the quiet zone included. */
function sideOf(modules: QrModules): number {
  return modules.length + 2 * QUIET_MODULES;
}

/** Lamps of a side, the quiet zone included. */
export function qrLamps({ modules, lampsPerModule }: QrSymbol): number {
  return sideOf(modules) * lampsPerModule;
}

/** The smallest square that could hold the text, in lamps; undefined = none could. */
export function leastQrLamps(text: string, encode: QrEncode): number | undefined {
  const modules = encode(text, 'low');
  return modules && sideOf(modules);
}

/**
 * Dark modules on a lit field, the quiet zone lit too: many phones do not read a code of lit modules on a dark sign.
 * White, which every depth can show.
 */
export function drawQr(symbol: QrSymbol): Bitmap {
  const { modules, lampsPerModule } = symbol;
  const side = qrLamps(symbol);
  const rgb = new Uint8Array(3 * side * side).fill(255);
  const moduleOf = (lamp: number) => Math.floor(lamp / lampsPerModule) - QUIET_MODULES;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (modules[moduleOf(y)]?.[moduleOf(x)]) rgb.fill(0, 3 * (y * side + x), 3 * (y * side + x) + 3);
    }
  }
  return { width: side, height: side, rgb };
}

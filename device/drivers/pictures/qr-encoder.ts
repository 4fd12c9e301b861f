import { encodeQR } from 'qr';
import type { QrCorrection, QrModules } from '../../panel/picture/qr-code.ts';

/** The package draws a free border of its own, of one module at least; ours is laid around by who draws. */
const LEAST_BORDER = 1;

/** The smallest QR code that holds the text; undefined = none does (2,953 bytes at the lowest correction). */
export function encodeQr(text: string, correction: QrCorrection): QrModules | undefined {
  try {
    const framed = encodeQR(text, 'raw', { ecc: correction, border: LEAST_BORDER });
    return framed.slice(LEAST_BORDER, -LEAST_BORDER).map((row) => row.slice(LEAST_BORDER, -LEAST_BORDER));
  } catch {
    return undefined;
  }
}

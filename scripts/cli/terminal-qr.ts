import { encodeQr } from '../../device/drivers/pictures/qr-encoder.ts';

/** Phones want four free modules around; on a dark terminal they must be lit, as the light modules are. */
const QUIET = 4;

/** A QR code of half blocks, two modules a letter; undefined = the text is too long for one. Paper and terminals read it. */
export function terminalQr(text: string): string | undefined {
  const modules = encodeQr(text, 'medium');
  if (modules === undefined) return undefined;
  const side = modules.length + 2 * QUIET;
  const isLit = (x: number, y: number) => !(modules[y - QUIET]?.[x - QUIET] ?? false);
  const lines: string[] = [];
  for (let y = 0; y < side; y += 2) {
    let line = '';
    for (let x = 0; x < side; x++) {
      const [upper, lower] = [isLit(x, y), y + 1 < side && isLit(x, y + 1)];
      line += upper && lower ? '█' : upper ? '▀' : lower ? '▄' : ' ';
    }
    lines.push(line);
  }
  return lines.join('\n');
}

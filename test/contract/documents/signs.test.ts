import { describe, expect, it } from 'vitest';
import { SignConfig } from '../../../device/config/sign.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { PngPanel } from '../../../device/drivers/pictures/png-panel.ts';
import type { PanelAbilities } from '../../../device/sign-ports.ts';
import { pictureCommand } from '../../../device/signs/alpha/alpha-commands.ts';
import { encodeAlphaPacket } from '../../../device/signs/alpha/alpha-packet.ts';
import { encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { ONBON_MODELS } from '../../../device/signs/onbon/onbon-models.ts';
import { openSign } from '../../../device/signs/open-sign.ts';
import { DeskLine } from '../ports/desk-line.ts';
import { silentLog } from '../ports/silent-log.ts';
import { readMarkdown } from './markdown.ts';

const document = readMarkdown('../docs/signs.md');
const rows = document.table('sign').map(([name = '', ...cells]) => ({ name, cells }));
/** ```json adalight, ```json onbon BX-6 */
const examples = new Map(
  [...document.text.matchAll(/^```json (.+)\n([\s\S]*?)^```$/gm)].map(([, name = '', json = '']) => [
    name,
    json,
  ]),
);

function abilitiesOf(name: string, changed: Record<string, unknown> = {}): PanelAbilities {
  const written: unknown = JSON.parse(examples.get(name) ?? 'null');
  const config = SignConfig.parse(Object.assign({}, written, changed));
  const { panel } = openSign(config, {
    ...{ clock: systemClock, log: silentLog, openLine: () => new DeskLine({ receive: () => [] }) },
    openFolder: (options) => new PngPanel(options),
  });
  return panel.abilities();
}

const yes = (can: boolean) => (can ? 'yes' : 'no');

describe('docs/signs.md says what the drivers say', () => {
  it('each kind of sign has its row and its example, and no other', () => {
    const names = ['adalight', 'tpm2', 'alpha', 'onbon BX-5K', 'onbon BX-6', 'novastar', 'png'];
    expect(rows.map(({ name }) => name)).toEqual(names);
    expect([...examples.keys()].sort()).toEqual([...names].sort());
    const types = SignConfig.options.map((option) => option.shape.type.value);
    expect([...new Set(names.map((name) => name.split(' ')[0]))]).toEqual(types);
  });

  it.each(rows)('$name', ({ name, cells }) => {
    const { pixels, depth, brightness, whole, readsBack, marquee, fallback } = abilitiesOf(name);
    const [, saidDepth = '', saidBrightness] = cells;
    expect(cells.slice(0, 7)).toEqual([
      yes(pixels),
      saidDepth.startsWith('by ') ? saidDepth : depth,
      saidBrightness?.startsWith('with ') ? saidBrightness : yes(brightness),
      ...[whole, readsBack, marquee, fallback].map(yes),
    ]);
  });

  it.each([
    ['onbon BX-6', 'colours', { one: 'mono', two: 'rgb111', three: 'rgb111', full: 'rgb565' }],
    ['png', 'depth', { mono: 'mono', rgb111: 'rgb111', rgb565: 'rgb565' }],
  ])('%s: the depth goes by `%s`', (name, member, depths) => {
    for (const [value, depth] of Object.entries(depths))
      expect(abilitiesOf(name, { [member]: value }).depth).toBe(depth);
  });

  it('alpha: brightness goes with `dimming`', () => {
    expect(abilitiesOf('alpha', { dimming: false }).brightness).toBe(false);
    expect(abilitiesOf('alpha', { dimming: true }).brightness).toBe(true);
  });

  it('every model of Onbon is named', () => {
    for (const { name } of ONBON_MODELS) expect(document.text).toContain(`\`${name}\``);
  });

  it('the sizes of frames are those that are sent', () => {
    const { head, body } = pictureCommand(
      'B',
      Array.from({ length: 16 }, () => '0'.repeat(96)),
    );
    const packet = encodeAlphaPacket({ type: 'Z', address: '00', command: head + body }, 'sum');
    const page = encodeAdalight(new Uint8Array(128 * 64 * 3));
    for (const { length } of [packet, page])
      expect(document.text).toContain(`${length.toLocaleString('en-US')} bytes`);
  });
});

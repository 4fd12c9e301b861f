import { expect, it, onTestFinished } from 'vitest';
import type { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { answersScreens } from './answering-hall.ts';
import { BROKERS, Town } from './town.ts';

const SCREEN: Screen = {
  face: { width: 128, height: 64, depth: 'rgb565', marquee: false },
  ...{ known: 'confirmed', since: '2026-11-13T09:00:00.000+07:00', crc: '00c0ffee', of: { type: 'idle' } },
  ...{ picture: 'a', png: 'iVBORw0KGgo=', unknown: [] },
};

it.each(BROKERS)(
  'what a sign shows is asked over the wire, once for all who want to know (%s broker)',
  async (kind) => {
    const town = await Town.found(kind);
    onTestFinished(() => town.close());
    const hall = await town.hall('hall-mae', '43010101');
    const asked = await answersScreens(hall, SCREEN);
    const told = await Promise.all([1, 2, 3].map(() => town.ask('screen', { device: 'hall-mae' })));
    for (const { screen } of told) expect(screen).toEqual(SCREEN);
    expect(asked()).toBe(1);
  },
);

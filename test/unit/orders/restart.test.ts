import { expect, test } from 'vitest';
import { Restart } from '../../../device/orders/restart.ts';
import { playOf } from '../playout/stage.ts';
import { LONG, notice, setDesk, stop } from './desk-stage.ts';

test('what a power cut left and cannot be ended now keeps nothing else from playing', async () => {
  const [expired, waiting] = [notice(), notice()];
  const hall = setDesk({ [waiting.id]: LONG });
  const claim = { output: 'tower', boot: 6, at: 0, state: 'accepted' } as const;
  hall.open.push(
    { ...claim, play: expired.id, keep_until: 1, document: JSON.stringify(expired) },
    {
      ...claim,
      play: waiting.id,
      keep_until: hall.clock.wall() + 600_000,
      document: JSON.stringify(waiting),
    },
  );
  hall.journal.isFull = true;
  const restart = new Restart({ ...hall.needs, silenced: hall.desk.silenced, occurrence: () => undefined });
  await restart.begin();
  await hall.clock.advance(500);
  expect(hall.performer.onAir().map(({ play }) => play)).toEqual([waiting.id]);
  expect(hall.told.failed).toHaveLength(1);
});

test('an occurrence that waited for the clock is silenced with everything else', async () => {
  const hall = setDesk();
  const { clock } = hall;
  const claim = { output: 'tower', boot: 6, state: 'accepted', keep_until: clock.wall() + 600_000 } as const;
  const id = '43/news/20261116T060500';
  hall.open.push({ ...claim, play: id, at: clock.wall() - 1_000 });
  const occurrence = () => playOf(clock, id, 'scheduled');
  const restart = new Restart({ ...hall.needs, silenced: hall.desk.silenced, occurrence });
  hall.take(stop('everything'));
  await clock.advance(100);
  await restart.begin();
  await clock.advance(2_000);
  expect(hall.performer.stretches).toEqual([]);
  expect(hall.journal.lines().at(-1)).toBe(`ended ${id} cancelled stopped`);
});

test('who was speaking at the power cut is told as interrupted, who was waiting to as withdrawn; nothing sounds', async () => {
  const hall = setDesk();
  const { clock } = hall;
  const claim = { output: 'tower', boot: 6, at: clock.wall(), keep_until: clock.wall() + 600_000 } as const;
  const [spoke, waited] = ['input/microphone/20261126T155501123', 'input/relay/20261126T155502456'];
  hall.open.push({ ...claim, play: spoke, state: 'started' }, { ...claim, play: waited, state: 'accepted' });
  const occurrence = () => undefined;
  await new Restart({ ...hall.needs, silenced: hall.desk.silenced, occurrence }).begin();
  await clock.advance(2_000);
  expect(hall.journal.lines()).toEqual([
    `ended ${spoke} interrupted power-lost`,
    `ended ${waited} cancelled withdrawn`,
  ]);
  expect(hall.performer.stretches).toEqual([]);
});

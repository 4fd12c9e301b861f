import { describe, expect, test } from 'vitest';
import type { OutputKit, OutputUnit } from '../../device/agent/parts.ts';
import type { MachineReading } from '../../device/health/checks/machine.ts';
import type { Warnings } from '../../device/health/warnings.ts';
import type { Cut } from '../../scripts/virtual-world/durable-disk.ts';
import { DEVICE, HOUR, MINUTE, SECOND, World } from '../../scripts/virtual-world/world.ts';

/** A box whose supply is weak or well, and a part that says what is wrong with it when it starts. */
function hall(seed = 1) {
  const box: MachineReading = { isUnderVoltage: false };
  const part: { says: (warnings: Warnings) => void } = { says: () => {} };
  const world = new World({
    seed,
    machine: { read: async () => ({ ...box }) },
    outputs: (_life, _witness, kit) => [partOf(part, kit)],
  });
  const restart = async () => {
    world.hall.powerOff();
    await world.pass(10 * SECOND);
    await world.up();
  };
  return { world, box, part, restart };
}

function partOf(part: { says: (warnings: Warnings) => void }, { warnings }: OutputKit): OutputUnit {
  return { start: () => part.says(warnings) };
}

/** As the record tells it: `+under-voltage`, `-under-voltage`. */
function told(world: World): string[] {
  return world.server
    .events(DEVICE)
    .flatMap((event) => (event.type === 'warning' ? [`${event.raised ? '+' : '-'}${event.code}`] : []));
}

/** What whoever reads the record from its beginning believes to be wrong. */
function standing(world: World): string[] {
  const raised = new Set<string>();
  for (const each of told(world)) {
    if (each.startsWith('+')) raised.add(each.slice(1));
    else raised.delete(each.slice(1));
  }
  return [...raised].sort();
}

describe('what was wrong before the power went, and is well after', () => {
  test('of the box: it is cleared on the record, once', async () => {
    const { world, box, restart } = hall();
    box.isUnderVoltage = true;
    await world.up();
    await world.pass(5 * MINUTE);
    expect(told(world)).toEqual(['+under-voltage']);
    box.isUnderVoltage = false;
    await restart();
    expect(world.state().warnings).toEqual(['under-voltage']);
    await world.pass(15 * MINUTE);
    expect(world.state().warnings).toEqual([]);
    expect(told(world)).toEqual(['+under-voltage', '-under-voltage']);
    await world.calmAndAudit();
  });

  test('of a part that is there no more: nobody finds it again, so it is over', async () => {
    const { world, part, restart } = hall();
    part.says = (warnings) => warnings.raise('panel-gone', 'ttyUSB0');
    await world.up();
    await world.pass(MINUTE);
    part.says = () => {};
    await restart();
    await world.pass(15 * MINUTE);
    expect(standing(world)).toEqual(['panel-gone']);
    await world.pass(15 * MINUTE);
    expect(told(world)).toEqual(['+panel-gone', '-panel-gone']);
    expect(world.server.events(DEVICE)).toContainEqual(
      expect.objectContaining({
        code: 'panel-gone',
        raised: false,
        detail: expect.stringContaining('restart'),
      }),
    );
  });
});

test('what stays wrong over three power cuts a day is one warning, not three', async () => {
  const { world, box, part, restart } = hall();
  box.isUnderVoltage = true;
  part.says = (warnings) => warnings.raise('no-sound-device');
  await world.up();
  for (let cut = 0; cut < 3; cut += 1) {
    await world.pass(HOUR);
    await restart();
  }
  await world.pass(HOUR);
  expect(told(world).sort()).toEqual(['+no-sound-device', '+under-voltage']);
  await world.calmAndAudit();
});

test('what was said with a warning is known after a restart too: who comes a day later reads it', async () => {
  const { world, part, restart } = hall();
  part.says = (warnings) => warnings.raise('update-failed', '0.9.2: no-link');
  await world.up();
  await world.pass(MINUTE);
  part.says = () => {};
  await restart();
  expect(world.hall.local?.details()).toEqual({ 'update-failed': '0.9.2: no-link' });
  await restart();
  expect(world.hall.local?.details()).toEqual({ 'update-failed': '0.9.2: no-link' });
});

test('an amplifier that nobody has used since the power cut is not mended by that', async () => {
  const { world, part, restart } = hall();
  part.says = (warnings) => warnings.raise('amplifier-no-current', 'told on, 0 mA');
  await world.up();
  await world.pass(MINUTE);
  part.says = () => {};
  for (let cut = 0; cut < 6; cut += 1) {
    await restart();
    await world.pass(7 * HOUR);
  }
  expect(told(world)).toEqual(['+amplifier-no-current']);
  await world.pass(10 * HOUR);
  expect(told(world)).toEqual(['+amplifier-no-current', '-amplifier-no-current']);
});

test('a card that takes nothing: what was raised meanwhile is told with its time when it does again', async () => {
  const { world, box } = hall();
  await world.up();
  world.hall.disk.refuses = 'store-full';
  box.isUnderVoltage = true;
  await world.pass(30 * MINUTE);
  expect(told(world)).toEqual([]);
  world.hall.disk.refuses = undefined;
  await world.pass(5 * MINUTE);
  expect(standing(world)).toEqual(['under-voltage']);
  expect(world.server.events(DEVICE)).toContainEqual(
    expect.objectContaining({ code: 'under-voltage', detail: expect.stringMatching(/since 2026-11-16T06:/) }),
  );
});

/** The power goes at the n-th commit of a life in which warnings come and go; afterwards the record and the hall agree. */
async function live(commit: number, cut: Cut): Promise<{ world: World; commits: number }> {
  const { world, box, part } = hall(commit + 1);
  part.says = (warnings) => warnings.raise('panel-gone');
  if (commit > 0) world.hall.cutAt = { commit, cut };
  const pass = async (ms: number) => {
    await world.pass(ms);
    if (world.hall.isOn) return;
    await world.pass(10 * SECOND);
    part.says = () => {};
    world.hall.powerOn();
  };
  world.hall.powerOn();
  box.isUnderVoltage = true;
  await pass(4 * MINUTE);
  box.isUnderVoltage = false;
  box.temperatureC = 85;
  await pass(14 * MINUTE);
  box.isUnderVoltage = true;
  box.temperatureC = 40;
  await pass(5 * MINUTE);
  await pass(30 * MINUTE);
  const { commits } = world.hall.disk;
  await world.calmAndAudit();
  return { world, commits };
}

describe('killed at every commit', () => {
  test.each<Cut>(['before it is durable', 'after it is durable'])('%s', async (cut) => {
    const { commits } = await live(0, cut);
    expect(commits).toBeGreaterThan(5);
    for (let commit = 1; commit <= commits; commit += 1) {
      const { world } = await live(commit, cut);
      expect(world.hall.isOn, `commit ${commit}`).toBe(true);
      const wrong = [...world.state().warnings].sort();
      expect(standing(world), `commit ${commit}`).toEqual(wrong);
      expect(wrong, `commit ${commit}`).toContain('under-voltage');
    }
  });
});

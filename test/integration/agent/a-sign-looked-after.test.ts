import { expect, onTestFinished, test, vi } from 'vitest';
import { plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { DEVICE, PATIENCE, Stage } from './stage.ts';

const SIZE = { width: 64, height: 32 };
const TEXT = 'น้ำท่วม โปรดระวัง';
const announcement = { title: TEXT, panel: { pages: [{ text: TEXT, seconds: 2 }], times: 1 } };

/** A hall with a board at the far end of a real line, and what it is told by its people. */
async function hall(more: Record<string, unknown> = {}, far = new VirtualBoard(SIZE)) {
  const stage = await Stage.open();
  const plug = await plugIn(far, stage.folder);
  onTestFinished(() => plug.unplug());
  const board = { line: plug.spec, panel: SIZE };
  const { agent } = await stage.hall({ board, place: 'บ้านเสาเล้า', ...more });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const warned = () =>
    stage.server
      .events(DEVICE)
      .flatMap((event) =>
        event.type === 'warning' ? [`${event.code} ${event.raised ? 'raised' : 'cleared'}`] : [],
      );
  const show = async (band: 40 | 90 = 40) => {
    const order = stage.server.push({ kind: band === 90 ? 'alert' : 'announce', band, announcement }, '4301');
    await vi.waitFor(() => expect(stage.ends(order.id)).toHaveLength(1), PATIENCE);
    return stage.ends(order.id)[0];
  };
  return { stage, far, agent, warned, show };
}

test('modules that do not work and a cabinet that is too hot are told, with what the sign measures', async () => {
  const far = new VirtualBoard(SIZE);
  far.sensors.faultyModules.add(1);
  far.sensors.temperatureC = 81.5;
  const { agent, warned } = await hall({}, far);
  await vi.waitFor(() => expect(agent.state()?.warnings).toEqual(['panel-modules', 'panel-hot']), PATIENCE);
  await vi.waitFor(() => expect(warned()).toEqual(['panel-modules raised', 'panel-hot raised']), PATIENCE);

  // Mended, with the power off meanwhile: it is looked at again when it is back.
  far.sensors.faultyModules.clear();
  far.sensors.temperatureC = 40;
  far.restart();
  await vi.waitFor(() => expect(agent.state()?.warnings).toEqual([]), PATIENCE);
});

test('lamps that show something else than was sent are told, until they show it (F39)', async () => {
  const { far, agent, warned, show } = await hall();
  await vi.waitFor(() => expect(far.display.pages).toBeGreaterThan(0), PATIENCE);
  far.display.faultyByte = 100;
  expect(await show()).toBe('panel rejected panel-refused');
  expect(agent.state()?.warnings).toEqual(['panel-differs']);
  far.display.faultyByte = undefined;
  expect(await show()).toBe('panel finished');
  await vi.waitFor(
    () => expect(warned()).toEqual(['panel-differs raised', 'panel-differs cleared']),
    PATIENCE,
  );
});

test('a sign of another size than the configuration says is told as that', async () => {
  const { agent } = await hall({}, new VirtualBoard({ width: 128, height: 64 }));
  await vi.waitFor(() => expect(agent.state()?.warnings).toEqual(['panel-other']), PATIENCE);
  expect(agent.state()?.outputs.panel?.works).toBe(false);
});

test('brightness comes from the light; an alert takes all that is allowed, and no more', async () => {
  const far = new VirtualBoard(SIZE);
  far.sensors.lightLux = 5;
  const levels: number[] = [];
  far.display.onShown = () => levels.push(far.display.lamps.brightness);
  const { show } = await hall({ brightness: { ceiling: 50 } }, far);
  await vi.waitFor(() => expect(far.display.lamps.brightness).toBe(20), PATIENCE);
  // A busy computer has the first page ready before the board has told how light it is.
  levels.length = 0;
  expect(await show(90)).toBe('panel finished');
  expect(Math.max(...levels)).toBe(128);
});

test('the board keeps the page of the village for when nobody speaks, once', async () => {
  const far = new VirtualBoard(SIZE);
  const stores: string[] = [];
  far.onFrame = (frame) => {
    if (frame.includes('fallback-')) stores.push(frame);
  };
  const { agent } = await hall({ fallback: { seconds: 300 } }, far);
  await vi.waitFor(() => expect(far.silence.pageCrc()).not.toBe(0), PATIENCE);
  await vi.waitFor(() => expect(far.silence.afterSeconds).toBe(300), PATIENCE);
  const kept = far.silence.pageCrc();
  far.restart();
  await vi.waitFor(() => expect(agent.state()?.outputs.panel?.works).toBe(true), PATIENCE);
  await vi.waitFor(() => expect(far.display.pages).toBeGreaterThan(0), PATIENCE);
  expect(far.silence.pageCrc()).toBe(kept);
  expect(stores).toHaveLength(2);
});

test('a board that lost its power in the middle of a page shows it again', async () => {
  const { stage, far, agent } = await hall();
  const standing = () => `${far.display.shownCrc()} ${far.display.marquee.runningCrc()}`;
  const before = new Set([standing()]);
  far.display.onShown = () => before.add(standing());
  await vi.waitFor(() => expect(far.display.pages).toBeGreaterThan(0), PATIENCE);
  far.display.onShown = () => {};
  const long = { ...announcement, panel: { pages: [{ text: TEXT, seconds: 60 }], times: 1 } };
  const { id } = stage.server.push({ kind: 'announce', band: 40, announcement: long }, '4301');
  await vi.waitFor(() => expect(agent.state()?.outputs.panel?.play).toBe(id), PATIENCE);
  await vi.waitFor(() => expect(before).not.toContain(standing()), PATIENCE);
  const shown = standing();
  far.restart();
  expect(standing()).not.toBe(shown);
  await vi.waitFor(() => expect(standing()).toBe(shown), PATIENCE);
});

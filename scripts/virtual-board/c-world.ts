import { amplifierMeasure, SENSED } from '../../firmware-protocol/serial/amplifier.ts';
import { measure } from '../../firmware-protocol/serial/status.ts';
import type { Power } from './board-relay.ts';
import type { BoardSensors } from './board-sensors.ts';

const NO_FAULTY_BYTE = 0xffff_ffff;

/** What a C board is to measure, its amplifier while that is on, and where it is broken, as host_pipes.c reads it. */
export function worldOf(
  sensors: BoardSensors,
  stuck: Power | undefined,
  faultyByte = NO_FAULTY_BYTE,
): Uint8Array {
  const faults = Buffer.alloc(5);
  faults.writeUInt8(stuck === undefined ? SENSED.unknown : SENSED[stuck]);
  faults.writeUInt32BE(faultyByte, 1);
  return Buffer.concat([
    measure.encode(sensors.measure()),
    amplifierMeasure.encode(sensors.amplifierMeasure('on')),
    faults,
    sensors.moduleFaults().faults,
  ]);
}

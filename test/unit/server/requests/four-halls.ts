import { addHall } from '../office.ts';
import { openProvince, type Province, stateWith } from './province.ts';

/** Two halls of one village's tambon, one of them away; one of another district; one of another province. */
export async function provinceOfFourHalls() {
  const province = await openProvince();
  const { db, rollUp } = province;
  await addHall(db, 'hall-mae', '43010101');
  await addHall(db, 'hall-pong', '43010102', false);
  await addHall(db, 'hall-phon', '43020101');
  await addHall(db, 'hall-udon', '41010101');
  await rollUp.load();
  return province;
}

/** A hall says of itself which outputs it has, and whatever else. */
export async function hearsOf(
  province: Province,
  device: string,
  outputs: object,
  rest: object = {},
): Promise<void> {
  await province.db.devices.states(new Map([[device, stateWith(outputs, rest) as never]]));
  await province.heard(device);
}

import { getHeapSpaceStatistics } from 'node:v8';
import { keepHeapSmall } from '../../../device/drivers/machine/small-heap.ts';

/** Makes garbage behind things that live, which V8 makes room for, and prints how much (bytes); `small` = as a hall at rest. */
if (process.argv[2] === 'small') keepHeapSmall();
const kept: object[] = [];
for (let n = 0; n < 200_000; n += 1) kept.push({ n, of: [n, n] });
const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
console.log(young?.space_size, kept.length);

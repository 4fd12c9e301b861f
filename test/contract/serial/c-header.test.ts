import { expect, test } from 'vitest';
import { boardHeader } from '../../../scripts/build/board-header.ts';

test('the C header is that of the catalogue', async () => {
  await expect(boardHeader()).toMatchFileSnapshot('../../../firmware-protocol/serial/c/prakat_protocol.h');
});

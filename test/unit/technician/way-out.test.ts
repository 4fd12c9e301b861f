import { expect, it } from 'vitest';
import { wayTo } from '../../../scripts/technician/diagnose/way-out.ts';

it('an address to which nothing may be sent is no way out, and not one from 0.0.0.0', async () => {
  // The system refuses it to a socket that did not ask for broadcasts, with and without a network.
  const finding = await wayTo('255.255.255.255');
  expect(finding.result).toBe('fail');
  expect(finding.remedy?.th).toContain('เสียบสายเครือข่าย');
});

it('this machine itself is always found, also behind an address that is not', async () => {
  expect((await wayTo('127.0.0.1')).figure?.en).toMatch(/127\.0\.0\.1/);
  expect((await wayTo('255.255.255.255', '127.0.0.1')).result).toBe('ok');
});

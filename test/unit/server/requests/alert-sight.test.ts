import { expect, it } from 'vitest';
import type { OperatorIdentity, Role } from '../../../../server/ports.ts';
import { seesAlert } from '../../../../server/requests/alert-sight.ts';
import { openGate } from './gate.ts';

const { halls } = openGate();
const fleet = {
  devices: async () => halls,
  device: async (id: string) => halls.find(({ device }) => device === id),
};
const who = (role: Role, ...areas: string[]): OperatorIdentity => ({ user: 'malee', roles: [role], areas });

it.each<[string, OperatorIdentity, string[], boolean]>([
  ['for a village of the own district', who('viewer', '4301'), ['41010101', '43010101'], true],
  ['for the province around it', who('viewer', '4301'), ['43'], true],
  ['for the nation', who('viewer', '4301'), ['th'], true],
  ['for another province', who('approver', '43'), ['41', '41010101'], false],
  ['for another district', who('approver', '4301'), ['4302'], false],
  ['for a hall of the own province', who('viewer', '43'), ['device/nongkhai-1'], true],
  ['for a hall of another', who('viewer', '43'), ['device/udon-1'], false],
  ['for a hall that nobody knows', who('viewer', '43'), ['device/nobody'], false],
  ['without a village of ours, a province', who('approver', '43'), [], false],
  ['without a village of ours, the nation', who('viewer', 'th'), [], true],
  ['without a village of ours, the auditor', who('auditor', '43'), [], true],
])('an alert %s', async (_what, asker, to, sees) => {
  expect(await seesAlert(asker, { to, via: 'post:tmd' }, { fleet })).toBe(sees);
});

it('whoever brought it in sees what became of it', async () => {
  expect(await seesAlert(who('author', '43'), { to: [], via: 'post:malee' }, { fleet })).toBe(true);
});

import { sha256Of } from '../../firmware-protocol/content/audit.ts';
import type { AnswerTo, RequestName, RequestOf } from '../../firmware-protocol/mqtt/requests.ts';
import { type Cli, Failed } from '../cli.ts';
import { askPassword } from './ask-password.ts';
import type { OperatorClient } from './client.ts';

/** Asks; where the server wants the password again, for exactly this, it is typed now: the one in the profile does not count. */
export async function askProven<N extends RequestName>(
  operator: Pick<OperatorClient, 'ask'>,
  what: N,
  draft: { [K in keyof RequestOf<N>]?: unknown },
  cli: Cli,
): Promise<AnswerTo<N>> {
  try {
    return await operator.ask(what, draft);
  } catch (error) {
    if (!(error instanceof Failed && error.code === 'step-up-needed')) throw error;
    cli.tell({
      en: 'this needs your password again',
      th: 'รายการนี้ต้องยืนยันรหัสผ่านอีกครั้ง',
    });
    const password = await askPassword('known', cli);
    // As it goes over the wire: what is undefined is not sent.
    const content = JSON.parse(JSON.stringify(draft));
    const { proof } = await operator.ask('prove', { password, sha256: sha256Of(content) });
    return operator.ask(what, { ...draft, proof });
  }
}

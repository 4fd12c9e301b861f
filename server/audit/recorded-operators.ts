import { isServerError } from '../errors.ts';
import type { OperatorIdentity, Operators } from '../ports.ts';
import type { AuditBook } from './audit-book.ts';
import type { LogOnRecord } from './log-on-record.ts';

interface Needs {
  operators: Operators;
  audit: Pick<AuditBook, 'recorded'>;
  logOns: Pick<LogOnRecord, 'came' | 'refused'>;
  /** Who makes and renews accounts by this. */
  who: string;
}

/** The accounts, where each change is written into the audit. */
export class RecordedOperators implements Operators {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  identity(user: string) {
    return this.#needs.operators.identity(user);
  }

  list() {
    return this.#needs.operators.list();
  }

  create(identity: OperatorIdentity) {
    const { operators, audit, who } = this.#needs;
    const { user, roles, areas } = identity;
    const fact = { who, act: 'account/create', document: { user, roles, areas } };
    return audit.recorded(fact, () => operators.create(identity));
  }

  renewCode(user: string) {
    const { operators, audit, who } = this.#needs;
    return audit.recorded({ who, act: 'account/code', document: { user } }, () => operators.renewCode(user));
  }

  change(identity: OperatorIdentity) {
    const { operators, audit, who } = this.#needs;
    const { user, roles, areas } = identity;
    const fact = { who, act: 'account/roles', document: { user, roles, areas } };
    return audit.recorded(fact, () => operators.change(identity));
  }

  close(user: string) {
    const { operators, audit, who } = this.#needs;
    return audit.recorded({ who, act: 'account/close', document: { user } }, () => operators.close(user));
  }

  /** Strangers knock here: what fails is written as wrong passwords are, and under no name that somebody made up. */
  async redeemCode(login: { user: string; code: string; password: string; from: string }) {
    const { operators, logOns } = this.#needs;
    const { user, from } = login;
    const act = 'account/first-log-on';
    try {
      await operators.redeemCode(login);
    } catch (error) {
      const known = (await operators.list()).some((each) => each.user === user);
      const code = isServerError(error) ? error.code : 'internal';
      logOns.refused({ who: known ? user : 'stranger', from, act, code });
      throw error;
    }
    logOns.came({ who: user, from, act });
  }
}

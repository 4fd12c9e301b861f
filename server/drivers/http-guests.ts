import { ServerError } from '../errors.ts';
import type { Door, OperatorIdentity, Principal } from '../ports.ts';
import { basicCredentials } from './http-basic-auth.ts';

/** A request as the framework gives it. */
interface Knock {
  headers: { authorization?: string | undefined };
  ip: string;
}

/** Who stands behind each request: asked once, before its body is read. */
export class HttpGuests {
  readonly #door: Door;
  readonly #known = new WeakMap<Knock, Principal>();

  constructor(door: Door) {
    this.#door = door;
  }

  /** Rejects `not-authenticated`. */
  async admit(request: Knock): Promise<void> {
    const typed = basicCredentials(request.headers.authorization);
    const known = typed && (await this.#door.open(typed.user, typed.password, request.ip));
    if (known === undefined) throw new ServerError('not-authenticated');
    this.#known.set(request, known);
  }

  /** As `admit`, and `not-allowed` for devices. */
  async admitOperator(request: Knock): Promise<void> {
    await this.admit(request);
    this.operator(request);
  }

  /** The operator who was admitted. Throws `not-allowed` for a device, `not-authenticated` where nobody was. */
  operator(request: Knock): OperatorIdentity {
    const principal = this.#known.get(request);
    if (principal === undefined) throw new ServerError('not-authenticated');
    if (principal.kind === 'device') throw new ServerError('not-allowed', { context: { role: 'device' } });
    return principal.identity;
  }
}

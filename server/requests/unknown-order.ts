import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';

/** Also of an order that the asker may not see: who asks for ids learns nothing. */
export function unknownOrder(order: string): ServerError {
  const context = { order };
  return new ServerError('unknown-order', {
    context,
    faults: [domainFault('order', 'unknown-order', context)],
  });
}

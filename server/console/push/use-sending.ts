import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { ulidOf } from '../../../firmware-protocol/content/ulid.ts';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { serverNow } from '../door/session.ts';
import { useProve } from '../door/step-up.tsx';
import { useSession } from '../door/use-session.tsx';
import { useKept } from '../house/kept-input.ts';
import { codeOf, Unreachable } from '../wire/failure.ts';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { PUSH_WORDS } from './push-words.ts';
import {
  afterFailure,
  afterReload,
  IDLE,
  type NamedPush,
  type Sending,
  UNDO_MS,
  withoutProof,
} from './sending.ts';

/** The way of one announcement out of this page; also over a reload, a lost line and a server that does not answer. */
export function useSending(onGone: () => void) {
  const say = useWords(PUSH_WORDS);
  const session = useSession();
  const prove = useProve();
  const navigate = useNavigate();
  const push = useOrder('push', ['orders', 'approvals']);
  const stop = useOrder('stop', ['orders']);
  const refuse = useOrder('refuse', ['approvals']);
  const [kept, keep, forget] = useKept<Sending>('push.sending', IDLE);
  const [sending, setSending] = useState(() => afterReload(kept));
  const [error, setError] = useState<unknown>();
  useEffect(() => keep(sending), [keep, sending]);
  const isHere = useHere(() => {
    if (sending.name === 'counting') notifications.show({ color: 'orange', message: say('notSent') });
  });

  const gone = (order: string, message: string) => {
    notifications.show({ message });
    setSending(IDLE);
    forget();
    onGone();
    // Who went to another room meanwhile stays there.
    if (isHere()) void navigate({ to: `/orders/${order}` });
  };

  const send = async (named: NamedPush): Promise<void> => {
    setError(undefined);
    setSending({ name: 'sending', push: named });
    try {
      const { order, waits } = await push.mutateAsync(named);
      gone(order, say(waits === undefined ? 'sent' : 'sentHeld'));
    } catch (failed) {
      setSending(afterFailure(named, failed));
      if (codeOf(failed) === 'step-up-needed') return sendProven(named);
      if (!(failed instanceof Unreachable)) setError(failed);
    }
  };

  const sendProven = async (named: NamedPush): Promise<void> => {
    const proven = await prove(withoutProof(named));
    if (proven !== undefined) await send(proven);
  };

  /** What somebody else has to agree to waits anyway; all else can be taken back for a moment. */
  const begin = (wanted: RequestOf<'push'>, waitsForAnother: boolean) => {
    const order = ulidOf(serverNow(session), crypto.getRandomValues(new Uint8Array(16)));
    const named = { ...wanted, order };
    setError(undefined);
    if (waitsForAnother) void sendProven(named);
    else setSending({ name: 'counting', push: named, until: Date.now() + UNDO_MS });
  };

  /** Of one that may have arrived: whatever of it is on the air ends. */
  const giveUp = async (order: string): Promise<void> => {
    try {
      const isTaken =
        (await isKnown(() => stop.mutateAsync({ order }))) ||
        (await isKnown(() => refuse.mutateAsync({ order, reason: say('takenBack') })));
      notifications.show({ message: say(isTaken ? 'stopped' : 'neverSent') });
      setSending(IDLE);
    } catch (failed) {
      setError(failed);
    }
  };

  return { sending, error, begin, send, giveUp, undo: () => setSending(IDLE) };
}
export type Outbox = ReturnType<typeof useSending>;

/** Whether the server had it; rejects where it did not do as it was told. */
async function isKnown(end: () => Promise<unknown>): Promise<boolean> {
  try {
    await end();
    return true;
  } catch (failed) {
    if (codeOf(failed) === 'unknown-order') return false;
    throw failed;
  }
}

/** Whether this room is still shown; `leave` is called once, when it is left. */
function useHere(leave: () => void): () => boolean {
  const here = useRef(true);
  const left = useEffectEvent(leave);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      left();
    };
  }, []);
  return () => here.current;
}

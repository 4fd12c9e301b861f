import { Button, type ButtonProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import './hold-button.css';

/** Long enough that no cat, elbow or hasty tap does it. */
const HOLD_MS = 1_500;

interface Props extends ButtonProps {
  /** What is said under the words until it is held. */
  hint: string;
  onHeld: () => void;
  children: React.ReactNode;
}

/** Acts only when it was held down, with a finger, the mouse, the space bar or Enter. Letting go earlier does nothing. */
export function HoldButton({ hint, onHeld, children, ...look }: Props) {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const begin = () => {
    if (holding || look.disabled) return;
    setHolding(true);
    timer.current = setTimeout(() => {
      setHolding(false);
      onHeld();
    }, HOLD_MS);
  };
  const end = () => {
    clearTimeout(timer.current);
    setHolding(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.type === 'keyup') end();
    // A key that is held down repeats itself.
    else if (!event.repeat) begin();
  };
  return (
    <Button
      {...look}
      className="hold-button"
      data-holding={holding || undefined}
      style={{ '--hold-ms': `${HOLD_MS}ms` }}
      h="auto"
      py="xs"
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onKeyDown={onKey}
      onKeyUp={onKey}
      onBlur={end}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span>
        <span className="hold-words">{children}</span>
        <span className="hold-hint">{hint}</span>
      </span>
    </Button>
  );
}

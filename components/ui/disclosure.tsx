import type { ReactNode } from 'react';
import { Icon } from './icon';

/** Something folded away under its title; opens without JavaScript. */
export function Disclosure({
  title,
  note,
  open,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className="fold" open={open}>
      <summary>
        <span>{title}</span>
        {note ? <small>{note}</small> : null}
        <Icon name="down" />
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  );
}

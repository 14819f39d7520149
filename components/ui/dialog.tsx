'use client';

import { type ReactNode, useId, useRef } from 'react';

/**
 * A link that opens its content over the page. Without JavaScript, or in a browser without <dialog>, the link leads
 * to `href`, a page with the same content.
 */
export function Dialog({
  href,
  trigger,
  title,
  className = 'btn btn-outline',
  closeLabel = '关上',
  children,
}: {
  href: string;
  trigger: ReactNode;
  title: string;
  /** look of the link */
  className?: string;
  closeLabel?: string;
  children: ReactNode;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  return (
    <>
      <a
        href={href}
        className={className}
        aria-haspopup="dialog"
        onClick={(event) => {
          if (!box.current?.showModal || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          box.current.showModal();
        }}
      >
        {trigger}
      </a>
      <dialog ref={box} className="dialog" aria-labelledby={titleId}>
        <h2 id={titleId}>{title}</h2>
        {children}
        <form method="dialog" className="acts">
          <button type="submit" className="btn btn-outline">
            {closeLabel}
          </button>
        </form>
      </dialog>
    </>
  );
}

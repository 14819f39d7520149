import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names';

/**
 * What an act is: `primary` the one thing the page is for (red), `done` agreeing (pine), `danger` refusing or undoing
 * (red outline), `outline` any other act (ink outline), `quiet` a small aside.
 */
export type ButtonKind = 'primary' | 'outline' | 'done' | 'danger' | 'quiet';

interface Look {
  kind?: ButtonKind;
  /** fills the width it has */
  wide?: boolean;
  /** the key that does the same, shown where there is a keyboard */
  kbd?: string;
  className?: string;
  children: ReactNode;
}

function look({ kind = 'outline', wide, className }: Pick<Look, 'kind' | 'wide' | 'className'>): string {
  return classNames('btn', `btn-${kind}`, wide && 'btn-wide', className);
}

/** A button; sends its form unless `type` says otherwise. */
export function Button({
  kind,
  wide,
  kbd,
  className,
  children,
  type = 'submit',
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button {...rest} type={type} className={look({ kind, wide, className })} aria-keyshortcuts={kbd}>
      {children}
      {kbd ? (
        <span className="key" aria-hidden="true">
          {kbd}
        </span>
      ) : null}
    </button>
  );
}

/** A link that looks like a button, for acts that lead to a page. */
export function LinkButton({
  kind,
  wide,
  kbd,
  className,
  children,
  href,
  ...rest
}: Look & AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return (
    <a {...rest} href={href} className={look({ kind, wide, className })} aria-keyshortcuts={kbd}>
      {children}
      {kbd ? (
        <span className="key" aria-hidden="true">
          {kbd}
        </span>
      ) : null}
    </a>
  );
}

/** Two to four buttons side by side, of equal width; they wrap when the text is large. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="btn-row">{children}</div>;
}

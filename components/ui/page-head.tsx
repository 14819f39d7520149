import type { ReactNode } from 'react';
import { Icon } from './icon';

/** The way back from a page that brings its own title, such as a sheet of paper. */
export function PageBack({ href, label }: { href: string; label: string }) {
  return (
    <a className="page-back" href={href}>
      <Icon name="left" />
      {label}
    </a>
  );
}

/** Title of a page, with the way back above it and one sentence below. */
export function PageHead({
  title,
  lead,
  back,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  back?: { href: string; label: string };
  children?: ReactNode;
}) {
  return (
    <header className="page-head">
      {back ? <PageBack {...back} /> : null}
      <h1>{title}</h1>
      {lead ? <p className="page-lead">{lead}</p> : null}
      {children}
    </header>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, id, children }: { title: ReactNode; id?: string; children: ReactNode }) {
  const headId = id ? `${id}-title` : undefined;
  return (
    <section className="section" id={id} aria-labelledby={headId}>
      <h2 id={headId}>{title}</h2>
      {children}
    </section>
  );
}

/** The acts of a page; a child with class `grow` takes the room that is left. */
export function Acts({ children }: { children: ReactNode }) {
  return <div className="acts">{children}</div>;
}

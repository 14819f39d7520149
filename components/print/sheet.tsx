import type { ReactNode } from 'react';
import { PrintButton } from '@/components/ui/print-button';

/**
 * Head of a page that is also printed: rulebook, ledger, list. On screen a title with the way to print; on paper a
 * centred title above a double rule, with whose paper it is.
 */
export function SheetHead({
  place,
  title,
  lines = [],
  print = true,
}: {
  /** 青竹村 */
  place: string;
  /** 积分细则 */
  title: string;
  /** what stands below: period, version, by which resolution */
  lines?: ReactNode[];
  print?: boolean;
}) {
  return (
    <header className="sheet-head">
      <div className="sheet-title">
        <h1>
          <span className="print-only">{place} · </span>
          {title}
        </h1>
        {print ? <PrintButton /> : null}
      </div>
      {lines.map((line, index) => (
        // The lines of a head are fixed by its page; a position is their name.
        <p key={String(index)}>{line}</p>
      ))}
    </header>
  );
}

/**
 * Foot of a printed page: where it comes from, as of when, whom to ask; on paper also lines to sign on.
 */
export function SheetFoot({
  source,
  asOf,
  ask,
  signers = [],
  demo,
}: {
  /** 由台账计算，第 2 版细则 */
  source: ReactNode;
  /** 截至 2026年11月23日 18:00 */
  asOf: string;
  /** 有异议请找村务监督员 */
  ask?: ReactNode;
  /** 村书记, 村务监督员: blank lines for their names, on paper only */
  signers?: string[];
  demo?: boolean;
}) {
  return (
    <footer className="sheet-foot print-whole">
      <p>{source}</p>
      <p>{asOf}</p>
      {ask ? <p>{ask}</p> : null}
      {demo ? <p className="print-only">演示数据，人名地名均为虚构</p> : null}
      {signers.length > 0 ? (
        <div className="sign-lines" aria-hidden="true">
          {signers.map((signer) => (
            <span key={signer}>{signer}（签名）</span>
          ))}
        </div>
      ) : null}
    </footer>
  );
}

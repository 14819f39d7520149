'use client';

import { useEffect, useState } from 'react';
import { Icon } from './icon';

/** Opens the browser's print window; without JavaScript it is not there, and the browser's own menu does the same. */
export function PrintButton({ label = '打印' }: { label?: string }) {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <button
      type="button"
      className="btn no-print"
      hidden={!ready}
      onClick={() => {
        window.print();
      }}
    >
      <Icon name="print" />
      {label}
    </button>
  );
}

'use client';

import { useEffect, useId, useRef, useState } from 'react';

/**
 * With JavaScript: finds people on the sheet as one types (code, name, pinyin, initials), ticks a whole group, and
 * counts. Without it the groups are there to open and tick.
 */
export function PeopleCount() {
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const [count, setCount] = useState<number | null>(null);

  useEffect(() => {
    const sheet = place.current?.closest('fieldset');
    if (!sheet) return;
    const recount = () => setCount(sheet.querySelectorAll('input[name="residentIds[]"]:checked').length);
    sheet.addEventListener('change', recount);
    recount();
    return () => sheet.removeEventListener('change', recount);
  }, []);

  const find = (typed: string) => {
    const sheet = place.current?.closest('fieldset');
    if (!sheet) return;
    const text = typed.normalize('NFKC').toLowerCase().replace(/\s/g, '');
    for (const group of sheet.querySelectorAll('details')) {
      let shown = 0;
      for (const line of group.querySelectorAll<HTMLElement>('[data-find]')) {
        const fits = text === '' || (line.dataset.find ?? '').split(' ').some((part) => part.includes(text));
        line.hidden = !fits;
        if (fits) shown += 1;
      }
      group.hidden = shown === 0;
      if (text !== '' && shown > 0) group.open = true;
    }
  };

  return (
    <div ref={place} className="js-only">
      {count === null ? null : (
        <>
          <label className="said" htmlFor={id}>
            找人，写户号、姓名、拼音或者拼音头一个字母
          </label>
          <input
            id={id}
            className="input"
            type="search"
            placeholder="找人：03-017、陈、chen、cjg"
            autoComplete="off"
            onInput={(event) => find(event.currentTarget.value)}
            onKeyDown={(event) => {
              // Enter would send the sheet half filled.
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
          <p role="status" className="field-hint">
            勾了 {count} 人
          </p>
        </>
      )}
    </div>
  );
}

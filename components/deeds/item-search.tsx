'use client';

import { useState } from 'react';
import { searchItems } from '@/lib/rulebook/rules';

/** An item in the index: code, name, rule, category, pinyin, initials. */
export type IndexRow = readonly [string, string, string, string, string, string];

const FOUND_MOST = 12;

/**
 * Finds an item by characters, pinyin or initials: as one types where there is JavaScript, as a plain search
 * otherwise. The same rule as on the server.
 */
export function ItemSearch({ index, typed }: { index: IndexRow[]; typed: string }) {
  const [text, setText] = useState(typed);
  const [isLive, setLive] = useState(false);
  const found =
    isLive && text.trim()
      ? searchItems(
          index.map(([code, name, rule, category, pinyin, initials]) => ({
            code,
            name,
            rule,
            category,
            pinyin,
            initials,
          })),
          text,
        )
      : null;
  return (
    <search>
      <form className="search" method="get" action="/me/log">
        <input
          className="input"
          type="search"
          name="q"
          defaultValue={typed}
          placeholder="找：打扫、dasao、ds"
          aria-label="找一项，写汉字、拼音或者拼音头一个字母"
          autoComplete="off"
          enterKeyHint="search"
          maxLength={40}
          onInput={(event) => {
            setLive(true);
            setText(event.currentTarget.value);
          }}
        />
        <button type="submit" className="btn">
          查找
        </button>
      </form>
      <p className="said" role="status">
        {found ? `找到 ${found.length} 项` : ''}
      </p>
      {found ? (
        <ul className="lines" aria-label="找到的">
          {found.slice(0, FOUND_MOST).map((item) => (
            <li key={item.code}>
              <a className="line" href={`/me/log/${encodeURIComponent(item.code)}`}>
                <span className="line-title">{item.name}</span>
                <small className="line-meta">{item.rule}</small>
              </a>
            </li>
          ))}
          {found.length === 0 ? (
            <li className="line">没有找到“{text.trim()}”，换个说法，或者在下面按类别找。</li>
          ) : null}
        </ul>
      ) : null}
    </search>
  );
}

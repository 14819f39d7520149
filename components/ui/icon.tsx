/** Line icons of one hand: 24 units, stroke 1.8, square ends. Pictures beside words, never instead of them. */
const PATHS = {
  home: 'M4 11l8-7 8 7v9H4z',
  ranking: 'M5 20V10M12 20V4M19 20v-7',
  ledger: 'M4 6h16M4 12h16M4 18h10',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c1-5 15-5 16 0',
  people:
    'M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2 20c1-5 13-5 14 0M16 5.5a3 3 0 0 1 0 6M18 15c2 .6 3.4 2 4 4',
  board: 'M4 4h16v13H4zM12 17v4M8 8h8M8 12h5',
  book: 'M5 4h14v16H5zM9 4v16M12 8h4M12 12h4',
  check: 'M5 13l4 4L19 7',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.5l3 2',
  back: 'M9 7L4 12l5 5M4 12h11a5 5 0 0 1 5 5v2',
  stop: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v5M12 15.5v.5',
  off: 'M6 12h12',
  cross: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20 20',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 8.5h.5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  shop: 'M4 9l2-5h12l2 5M4 9h16M5 9v11h14V9M10 20v-6h4v6',
  voucher: 'M4 7h16v4a2 2 0 0 0 0 3v3H4v-3a2 2 0 0 0 0-3zM14 7v10',
  pay: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2M14 20h2M18 18h2v2',
  calendar: 'M4 6h16v14H4zM4 10h16M8 4v4M16 4v4',
  flag: 'M6 21V4h12l-3 4 3 4H6',
  star: 'M12 4l2.5 5.2 5.5.8-4 4 1 5.8-5-2.8-5 2.8 1-5.8-4-4 5.5-.8z',
  speech: 'M4 5h16v11H11l-4 4v-4H4z',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  building: 'M5 21V4h10v17M15 10h4v11M3 21h18M8 8h4M8 12h4M8 16h4',
  out: 'M10 4H4v16h6M9 12h11M16 8l4 4-4 4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  walk: 'M13 4.5h.5M9 21l2-6 3 3v3M11 15l1-6-4 2v3M12 9l3 3 3 1',
} as const;

export type IconName = keyof typeof PATHS;

/** One icon, hidden from screen readers unless it has a `label`. */
export function Icon({ name, label, className }: { name: IconName; label?: string; className?: string }) {
  return (
    <svg
      className={className ? `icon ${className}` : 'icon'}
      viewBox="0 0 24 24"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

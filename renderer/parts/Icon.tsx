import type { ReactNode } from 'react'

const shapes = {
  back: <path d="M12.5 4.5 7 10l5.5 5.5" />,
  bell: <path d="M5.5 8.5a4.5 4.5 0 0 1 9 0c0 4 1.5 5 1.5 5H4s1.5-1 1.5-5ZM8.3 16.5a2 2 0 0 0 3.4 0" />,
  browser: (
    <>
      <rect x="2.25" y="3.5" width="15.5" height="13" rx="1.5" />
      <path d="M2.25 7.25h15.5M5 5.4h.01M7.2 5.4h.01" />
    </>
  ),
  chat: (
    <>
      <path d="M3 4h14v10h-7l-4 3.2V14H3Z" />
      <path d="M7 9h6" />
    </>
  ),
  check: <path d="m4 10.5 4 4 8-9" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M10 5.5V10l3 2" />
    </>
  ),
  copy: (
    <>
      <rect x="7" y="7" width="10" height="10" rx="1.5" />
      <path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 0 3 4.5v7A1.5 1.5 0 0 0 4.5 13H7" />
    </>
  ),
  door: <path d="M4 17V3h12v14M2.5 17h15M12.5 10.2h.01" />,
  down: <path d="m5 7.5 5 5 5-5" />,
  eye: (
    <>
      <path d="M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10Z" />
      <circle cx="10" cy="10" r="2.4" />
    </>
  ),
  globe: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M2.5 10h15M10 2.5c2.5 2.4 2.5 12.6 0 15M10 2.5c-2.5 2.4-2.5 12.6 0 15" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M10 9v5M10 6.2h.01" />
    </>
  ),
  key: (
    <>
      <circle cx="6.5" cy="13.5" r="3.5" />
      <path d="m9 11 7.5-7.5M13 7l2.5 2.5" />
    </>
  ),
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="1.5" />
      <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />
    </>
  ),
  mail: (
    <>
      <rect x="2.25" y="4.25" width="15.5" height="11.5" rx="1.5" />
      <path d="m3 5.5 7 5.5 7-5.5" />
    </>
  ),
  page: <path d="M5 2.5h7l3 3v12H5ZM7.5 9.5h5M7.5 13h5" />,
  offline: (
    <>
      <path
        d="M10 15.8h.01M7.6 12.9a3.5 3.5 0 0 1 4.8 0M2.7 7.8a10.5 10.5 0 0 1 14.6 0M5.1 10.4a7 7 0 0 1 9.8 0"
        opacity=".35"
      />
      <path d="m4 4 12 12" />
    </>
  ),
  outside: <path d="M8 4.5H4.5v11h11V12M11.5 3.5h5v5M16.5 3.5l-7 7" />,
  pause: <path d="M7 4.5v11M13 4.5v11" />,
  people: (
    <>
      <circle cx="7.5" cy="6.5" r="2.75" />
      <path d="M2 16c.4-3 2.6-4.5 5.5-4.5S12.6 13 13 16M13 4.2a2.5 2.5 0 0 1 0 4.7M15 11.8c1.7.6 2.7 2 3 4.2" />
    </>
  ),
  person: <path d="M10 9.8a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.5 17c.5-3.4 3.2-5 6.5-5s6 1.6 6.5 5" />,
  play: <path d="M6.5 4.5 15.5 10l-9 5.5Z" />,
  search: (
    <>
      <circle cx="9" cy="9" r="5.5" />
      <path d="m13.2 13.2 4 4" />
    </>
  ),
  ticket: <path d="M2.5 5.5h15v3a1.6 1.6 0 0 0 0 3.2v2.8h-15v-2.8a1.6 1.6 0 0 0 0-3.2ZM12 6v8" />,
  warn: (
    <>
      <circle cx="10" cy="10" r="7.75" />
      <path d="M10 5.8v5M10 14h.01" />
    </>
  ),
} as const satisfies Record<string, ReactNode>

/** Names of the pictures that accompany words. */
export type IconName = keyof typeof shapes

interface Props {
  readonly name: IconName
  readonly isSmall?: boolean
  /** For arrows that point along the reading direction. */
  readonly isFlipped?: boolean
}

/** A small picture beside words; it never stands alone, so screen readers skip it. */
export function Icon({ name, isSmall = false, isFlipped = false }: Props) {
  const classes = ['icon', isFlipped && 'flip', isSmall && 'icon-small'].filter(Boolean).join(' ')
  return (
    <svg className={classes} viewBox="0 0 20 20" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}

/** A community's front door at picture size. Its name and what it is stand beside it in words. */
export function FrontDoor({ initials }: { readonly initials: string }) {
  return (
    <span className="front-door" aria-hidden="true">
      <span className="front-gap">
        <span className="front-leaf">
          <span className="face">{initials}</span>
          <span className="front-panel" />
        </span>
      </span>
      <span className="front-fall" />
    </span>
  )
}

/** Foyer's own sign: an open door. */
export function Brand({ name }: { readonly name: string }) {
  return (
    <span className="brand">
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
        <path className="brand-light" d="M4 3.5h12V20H4Z" strokeWidth="1.8" />
        <path className="brand-leaf" d="M4 3.5 10 6v11.5L4 20Z" />
        <path className="brand-fall" d="M10.5 20.9H17L22 24H14Z" />
      </svg>
      {name}
    </span>
  )
}

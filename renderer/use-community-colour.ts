import { useLayoutEffect } from 'react'

/**
 * Paints the window in the community's colour; without one it is plaster. Set through the CSSOM, as the content
 * security policy forbids style attributes in markup.
 */
export function useCommunityColour(colour: string | null): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement
    if (colour === null) style.removeProperty('--community')
    else style.setProperty('--community', colour)
  }, [colour])
}

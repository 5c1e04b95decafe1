/** The section of rooms that name none, where the file has no sections. Its heading is the screens'. */
export const ROOMS_SECTION = 'rooms'

/** The section that takes the rooms which only the space knows. */
export const REST_SECTION = 'rest'

/** A short name for files and links: `Café Größe!` becomes `cafe-grosse`; `community` where nothing is left. */
export function idFrom(name: string): string {
  const id = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '')
  return id === '' ? 'community' : id
}

/** The first letter or digit of a name, for the sign beside its door. */
export function initialOf(name: string): string {
  return /\p{L}|\p{N}/u.exec(name)?.[0]?.toUpperCase() ?? '#'
}

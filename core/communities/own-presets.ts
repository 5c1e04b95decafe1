/** Choices of rooms that every community has. */
export const ownPresets = ['suggested', 'all', 'lobby', 'own'] as const

/** What is suggested, all rooms, the lobby alone, or rooms ticked one by one. */
export type OwnPreset = (typeof ownPresets)[number]

/** True for the ID of one of Foyer's presets, which no manifest can take. */
export function isOwnPreset(id: string): id is OwnPreset {
  return (ownPresets as readonly string[]).includes(id)
}

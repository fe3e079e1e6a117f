/** A name as a glob pattern that means this name alone. */
export const escapeGlob = (name: string): string => name.replace(/[[\]{}*?]/g, (sign) => `[${sign}]`)

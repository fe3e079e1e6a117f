import assert from 'node:assert/strict'

/** Says what is wrong with a value, or nothing where it is right. */
export type Shape = (value: unknown) => string | undefined

const when =
  (what: string, isIt: (value: unknown) => boolean): Shape =>
  (value) =>
    isIt(value) ? undefined : `${JSON.stringify(value)} is not ${what}`

export const nothing = when('null', (value) => value === null)
export const flag = when('a flag', (value) => typeof value === 'boolean')
export const anyText = when('a text', (value) => typeof value === 'string')
export const words = when('a text with something in it', (value) => typeof value === 'string' && value !== '')
export const count = when('a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0)
export const amount = when('a number', (value) => typeof value === 'number' && value >= 0)
export const time = when('a time', (value) => typeof value === 'number' && value > Date.UTC(2020, 0, 1))
export const hex = (digits: number): Shape =>
  when(`${digits} hexadecimal digits`, (value) => new RegExp(`^[0-9a-f]{${digits}}$`).test(String(value)))
export const matching = (pattern: RegExp): Shape => when(String(pattern), (value) => pattern.test(String(value)))
export const oneOf = (...values: readonly unknown[]): Shape =>
  when(`one of ${values.join(', ')}`, (value) => values.includes(value))

/** An array, each of whose elements has the shape. */
export const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) ? value.map(shape).find((wrong) => wrong !== undefined) : `${String(value)} is no list`

/** An object with these fields and no others; a name that ends in `?` may be missing. */
export const object =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${String(value)} is no object`
    const names = new Set(Object.keys(value))
    for (const [field, shape] of Object.entries(fields)) {
      const name = field.replace(/\?$/, '')
      const isThere = names.delete(name)
      if (!isThere && name === field) return `${name} is missing`
      const wrong = isThere ? shape((value as Record<string, unknown>)[name]) : undefined
      if (wrong !== undefined) return `${name}: ${wrong}`
    }
    return names.size === 0 ? undefined : `nothing says that there is ${[...names].join(', ')}`
  }

export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) => {
    const wrongs = shapes.map((shape) => shape(value))
    return wrongs.includes(undefined) ? undefined : wrongs.join(', and ')
  }

export function assertShape(value: unknown, shape: Shape, what: string): void {
  assert.equal(shape(value), undefined, what)
}

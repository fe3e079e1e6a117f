/** An untrusted object whose fields are still to be looked at. */
export type BodyFields = Readonly<Record<string, unknown>>

/** Whether the value is an object with named fields. */
export const isFields = (value: unknown): value is BodyFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Ends an exhaustive `switch`: the compiler refuses a forgotten case, and a value that slipped past it throws. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}

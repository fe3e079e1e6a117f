/** The parts of `compact-encoding` that the core uses; it ships no types. */
declare module 'compact-encoding' {
  interface State {
    start: number
    end: number
    buffer: Uint8Array
  }
  interface Encoding<T> {
    preencode(state: State, value: T): void
    encode(state: State, value: T): void
    /** Throws on truncated input. */
    decode(state: State): T
  }
  const compactEncoding: {
    state(start?: number, end?: number, buffer?: Uint8Array | null): State
    /** 1, 3, 5 or 9 bytes. */
    readonly uint: Encoding<number>
    readonly uint8: Encoding<number>
  }
  export default compactEncoding
}

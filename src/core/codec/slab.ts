const blockBytes = 32 * 1024

let block = new Uint8Array(0)
let used = 0

/**
 * `size` bytes for something short-lived, such as one event on its way to the disk: a piece of a larger block, because
 * an array of its own costs far more than what it holds. They are zero. A piece keeps its whole block alive: what is
 * kept for long is copied (`copyOf`).
 */
export function allocateBriefly(size: number): Uint8Array {
  if (size > blockBytes / 4) return new Uint8Array(size)
  if (used + size > block.length) {
    block = new Uint8Array(blockBytes)
    used = 0
  }
  const piece = new Uint8Array(block.buffer, used, size)
  used += size
  return piece
}

/** Memory for one thing at a time: whatever it gave before is overwritten. `size` at most `maxBytes`, a thing of the moment. */
export function scratch(maxBytes: number): (size: number) => Uint8Array {
  const memory = new Uint8Array(maxBytes)
  return (size) => (size > maxBytes ? new Uint8Array(size) : memory.subarray(0, size))
}

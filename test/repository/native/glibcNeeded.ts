/** What an add-on for Linux asks of the C library of the machine: read from its ELF file, as the loader does. */

const section = { strings: 3, needs: 0x6ffffffe } as const
const headerBytes = 64

/**
 * The highest version of glibc that a 64-bit little-endian ELF file names in its version needs, as `[2, 33]`; `undefined`
 * where it names none. Throws for bytes that are no such file.
 */
export function glibcNeeded(elf: Buffer): readonly [number, number] | undefined {
  if (elf.readUInt32BE(0) !== 0x7f_45_4c_46 || elf[4] !== 2 || elf[5] !== 1) throw new Error('Not a 64-bit ELF file')
  const at = Number(elf.readBigUInt64LE(40))
  const sections = Array.from({ length: elf.readUInt16LE(60) }, (_, i) => elf.subarray(at + i * headerBytes))
  const versions = sections.flatMap((header) => {
    if (header.readUInt32LE(4) !== section.needs) return []
    const strings = sections[header.readUInt32LE(40)]
    if (strings?.readUInt32LE(4) !== section.strings) throw new Error('Its version needs have no names')
    return versionsIn(content(elf, header), content(elf, strings), header.readUInt32LE(44))
  })
  const glibc = versions.flatMap((name): (readonly [number, number])[] => {
    const [, major, minor] = /^GLIBC_(\d+)\.(\d+)/.exec(name) ?? []
    return major === undefined ? [] : [[Number(major), Number(minor)]]
  })
  return glibc.sort(([a, b], [c, d]) => c - a || d - b)[0]
}

function content(elf: Buffer, header: Buffer): Buffer {
  const from = Number(header.readBigUInt64LE(24))
  return elf.subarray(from, from + Number(header.readBigUInt64LE(32)))
}

/** The names in a chain of `Verneed` entries, one for each library, and its chains of `Vernaux`, one for each version. */
function versionsIn(needs: Buffer, strings: Buffer, libraries: number): string[] {
  const names: string[] = []
  let library = 0
  for (let i = 0; i < libraries; i++) {
    let version = library + needs.readUInt32LE(library + 8)
    for (let left = needs.readUInt16LE(library + 2); left > 0; left--) {
      const from = needs.readUInt32LE(version + 8)
      names.push(strings.toString('latin1', from, strings.indexOf(0, from)))
      version += needs.readUInt32LE(version + 12)
    }
    library += needs.readUInt32LE(library + 12)
  }
  return names
}

import { maxNameBytes } from '../../shared/service.ts'
import { copyOf } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { publicKeyBytes } from '../crypto/primitives.ts'
import type { Introduction } from '../invite/introduction.ts'
import { readIntroduction, writeIntroduction } from '../invite/introduction.ts'
import { letterIdBytes } from '../letter/letter.ts'
import type { RecordFormat } from '../store/recordTable.ts'

/** Somebody who is to become a contact, or two contacts whom this person introduces to each other. */
export interface RequestRecord {
  /** The same on both sides. */
  readonly id: Uint8Array
  /**
   * - `incoming`: this person is to say yes or no; `outgoing`: it has asked, or said yes to an introduction
   * - `declined`: it has said no, and says so again when asked again
   * - `introducing`: it introduces `person` and `other`
   */
  readonly state: 'incoming' | 'outgoing' | 'declined' | 'introducing'
  readonly person: Uint8Array
  readonly name: string
  /** The conversation of the room that both are in. */
  readonly room?: Uint8Array
  readonly introducedBy?: Uint8Array
  /** What is known of the person: from itself, or from the contact who introduces. */
  readonly introduction?: Introduction
  readonly other?: Uint8Array
  /** Of two who are introduced: whether `person`, and whether `other`, has said yes. */
  readonly isAccepted: boolean
  readonly isOtherAccepted: boolean
}

// The position in this list is what is stored: append only.
const states = ['incoming', 'outgoing', 'declined', 'introducing'] as const

export const requestFormat: RecordFormat<RequestRecord> = {
  kind: 'request',
  write(writer: Writer, record) {
    writer.uint8(1).fixed(record.id).uint8(states.indexOf(record.state)).fixed(record.person).string(record.name)
    for (const key of [record.room, record.introducedBy, record.other])
      writer.optional(key, (bytes) => writer.fixed(bytes))
    writer.boolean(record.isAccepted).boolean(record.isOtherAccepted)
    writer.optional(record.introduction, (introduction) => {
      writeIntroduction(writer, introduction)
    })
  },
  read(reader: Reader): RequestRecord {
    if (reader.uint8() !== 1) reader.fail()
    const id = copyOf(reader.fixed(letterIdBytes))
    const state = states[reader.uint8()]
    const person = copyOf(reader.fixed(publicKeyBytes))
    const name = reader.string(maxNameBytes)
    const key = (): Uint8Array | undefined => reader.optional(() => copyOf(reader.fixed(publicKeyBytes)))
    const [room, introducedBy, other] = [key(), key(), key()]
    const [isAccepted, isOtherAccepted] = [reader.boolean(), reader.boolean()]
    const introduction = reader.optional(() => readIntroduction(reader))
    if (state === undefined) reader.fail()
    return {
      id,
      state: state ?? 'declined',
      person,
      name,
      isAccepted,
      isOtherAccepted,
      ...(room && { room }),
      ...(introducedBy && { introducedBy }),
      ...(other && { other }),
      ...(introduction && { introduction }),
    }
  },
}

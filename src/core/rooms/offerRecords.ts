import { copyOf } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { publicKeyBytes } from '../crypto/primitives.ts'
import type { OfferedRoom } from '../letter/letter.ts'
import { letterIdBytes, readOffer, writeOffer } from '../letter/letter.ts'
import type { RecordFormat } from '../store/recordTable.ts'

/** A room offered to a contact by this person, or by a contact to this person. */
export interface OfferRecord {
  /** Names it on this device. */
  readonly id: Uint8Array
  readonly isOwn: boolean
  /** The contact it is offered to, or by. */
  readonly person: Uint8Array
  readonly offer: OfferedRoom
  /** The one it is offered to has said yes. */
  readonly isAccepted: boolean
}

export const offerFormat: RecordFormat<OfferRecord> = {
  kind: 'offer',
  write(writer: Writer, { id, isOwn, person, offer, isAccepted }) {
    writeOffer(writer.uint8(1).fixed(id).boolean(isOwn).fixed(person).boolean(isAccepted), offer)
  },
  read(reader: Reader): OfferRecord {
    if (reader.uint8() !== 1) reader.fail()
    const id = copyOf(reader.fixed(letterIdBytes))
    const isOwn = reader.boolean()
    const person = copyOf(reader.fixed(publicKeyBytes))
    const isAccepted = reader.boolean()
    const offer = readOffer(reader)
    if (offer === undefined) reader.fail()
    return { id, isOwn, person, isAccepted, offer: offer ?? nothing }
  },
}

/** Stands for an offer in a record that failed to be read. */
const nothing: OfferedRoom = {
  room: new Uint8Array(32),
  invite: new Uint8Array(32),
  title: '',
  topic: '',
  role: 'read-only',
  history: 'from-now',
  memberCount: 0,
  expiresAt: 0,
}

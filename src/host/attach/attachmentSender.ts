import type { ConversationId } from '../../shared/ids.ts'

interface Attached {
  readonly id: number
}

/**
 * Sends what is attached to a message, one after the other, in their order and each once, however often that is asked for
 * while it goes on. What the user does not want to send after all ends it, and stays attached with what comes behind it.
 */
export class AttachmentSender<A extends Attached, Place> {
  readonly #list: (conversation: ConversationId) => readonly A[]
  readonly #send: (conversation: ConversationId, attachment: A, place: Place) => Promise<boolean>
  readonly #sent: (conversation: ConversationId, id: number) => void
  /** While something is sent in a conversation: what else is to be, by its number, and where it belongs. */
  readonly #wanted = new Map<ConversationId, Map<number, Place>>()

  /** `list`: what is attached now. `send` resolves to false for what the user does not want to send. */
  constructor(init: {
    readonly list: (conversation: ConversationId) => readonly A[]
    readonly send: (conversation: ConversationId, attachment: A, place: Place) => Promise<boolean>
    readonly onSent: (conversation: ConversationId, id: number) => void
  }) {
    this.#list = init.list
    this.#send = init.send
    this.#sent = init.onSent
  }

  /** Rejects when one of them cannot be sent: it stays attached as well. */
  async sendAll(conversation: ConversationId, place: Place): Promise<void> {
    const busy = this.#wanted.get(conversation)
    const wanted = busy ?? new Map<number, Place>()
    for (const { id } of this.#list(conversation)) if (!wanted.has(id)) wanted.set(id, place)
    if (busy !== undefined) return
    this.#wanted.set(conversation, wanted)
    try {
      for (let next = this.#next(conversation, wanted); next !== undefined; next = this.#next(conversation, wanted)) {
        const { attachment, wantedAt } = next
        const isSent = await this.#send(conversation, attachment, wantedAt)
        if (!isSent && this.#isAttached(conversation, attachment)) return
        wanted.delete(attachment.id)
        if (isSent) this.#sent(conversation, attachment.id)
      }
    } finally {
      this.#wanted.delete(conversation)
    }
  }

  #next(
    conversation: ConversationId,
    wanted: ReadonlyMap<number, Place>,
  ): { readonly attachment: A; readonly wantedAt: Place } | undefined {
    for (const attachment of this.#list(conversation)) {
      const wantedAt = wanted.get(attachment.id)
      if (wantedAt !== undefined) return { attachment, wantedAt }
    }
    return undefined
  }

  #isAttached(conversation: ConversationId, { id }: A): boolean {
    return this.#list(conversation).some((one) => one.id === id)
  }
}

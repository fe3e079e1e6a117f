import type { MessageId } from '../../shared/ids.ts'
import { repositoryIdentity } from '../../shared/repositoryIdentity.ts'
import type { SnippetPlace } from '../../shared/webviewProtocol.ts'

/** As many snippets are remembered with what was found out about them. */
const maxPlaces = 200

/** What the view knows of the user's own clones: which repositories are open, and where snippets were found in them. */
export class CloneKnowledge {
  #identities: ReadonlySet<string> = new Set()
  readonly #places = new Map<MessageId, SnippetPlace>()

  /** Whether a folder of the repository with this remote is open. */
  has(remote: string | undefined): boolean {
    const identity = remote === undefined ? undefined : repositoryIdentity(remote)
    return identity !== undefined && this.#identities.has(identity)
  }

  /** What was found out about a snippet since the view was opened. */
  placeOf(message: MessageId): SnippetPlace | undefined {
    return this.#places.get(message)
  }

  setIdentities(identities: readonly string[]): void {
    this.#identities = new Set(identities)
  }

  setPlace(message: MessageId, place: SnippetPlace): void {
    this.#places.delete(message)
    this.#places.set(message, place)
    const oldest = this.#places.size > maxPlaces ? this.#places.keys().next().value : undefined
    if (oldest !== undefined) this.#places.delete(oldest)
  }
}

import type { PersonId } from '../../shared/ids.ts'
import type { HeldKey } from './keyBox.ts'
import { maxEarlier, type EpochId } from './operation.ts'
import type { RoomView } from './roomView.ts'

/**
 * Epochs for whose keys this member should ask, by a `lacking` that names them all: somebody began them without knowing
 * of it, or sealed them wrongly. Empty when nothing is lacking, or it has asked already. `held`: what is held of an epoch.
 */
export function lackingEpochs(
  view: RoomView,
  self: PersonId,
  held: (epoch: EpochId) => HeldKey | undefined,
): readonly EpochId[] {
  const asked = view.members.get(self)?.lacking
  if (asked === undefined || view.isDissolved) return []
  const lacking = [...view.voidEpochs, ...view.epochs]
    .map(({ id }) => id)
    .filter((id) => held(id) === undefined)
    .slice(-maxEarlier)
  return lacking.every((id) => asked.includes(id)) ? [] : lacking
}

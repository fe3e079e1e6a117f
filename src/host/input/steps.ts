/** Where a step stands among the others. */
export interface StepFrame {
  readonly title: string
  /** From 1. */
  readonly step: number
  readonly totalSteps: number
}

/** Asks one thing: the answers with its own among them, `back` to the step before, or `undefined` to give up. */
export type Step<Answers> = (frame: StepFrame, answers: Answers) => Promise<Answers | 'back' | undefined>

/** Asks one thing after the other, with a way back that keeps what was answered. `undefined`: the user gave up. */
export async function runSteps<Answers extends object>(
  title: string,
  initial: Answers,
  steps: readonly Step<Answers>[],
): Promise<Answers | undefined> {
  let answers = initial
  for (let index = 0; index < steps.length;) {
    const outcome = await steps[index]?.({ title, step: index + 1, totalSteps: steps.length }, answers)
    if (outcome === undefined) return undefined
    if (outcome === 'back') index = Math.max(0, index - 1)
    else {
      answers = outcome
      index += 1
    }
  }
  return answers
}

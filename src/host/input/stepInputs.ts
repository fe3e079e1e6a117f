import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { StepFrame } from './steps.ts'

/** What the user answered, `back`, or `undefined` when they left. */
export type StepAnswer<T> = { readonly value: T } | 'back' | undefined

export interface TextQuestion {
  readonly prompt: string
  readonly placeHolder?: string
  readonly value: string
  /** Why the text cannot be taken; `undefined` where it can. */
  readonly complaint: (value: string) => string | undefined
}

export interface Choice<T> {
  readonly label: string
  readonly description?: string
  readonly detail?: string
  readonly value: T
}

/** Asks for a text, without the spaces around it. */
export function askText(frame: StepFrame, question: TextQuestion): Promise<StepAnswer<string>> {
  const input = vscode.window.createInputBox()
  input.prompt = question.prompt
  input.value = question.value
  if (question.placeHolder !== undefined) input.placeholder = question.placeHolder
  return ask(frame, input, (settle) => [
    input.onDidChangeValue((value) => {
      input.validationMessage = question.complaint(value.trim())
    }),
    input.onDidAccept(() => {
      const value = input.value.trim()
      input.validationMessage = question.complaint(value)
      if (question.complaint(value) === undefined) settle({ value })
    }),
  ])
}

/** Lets the user choose one of several; `chosen` is the one that is ready to be taken. */
export function askChoice<T>(
  frame: StepFrame,
  placeHolder: string,
  choices: readonly Choice<T>[],
  chosen?: T,
): Promise<StepAnswer<T>> {
  const input = vscode.window.createQuickPick<Choice<T>>()
  input.placeholder = placeHolder
  input.items = choices
  input.activeItems = choices.filter(({ value }) => value === chosen)
  return ask(frame, input, (settle) => [
    input.onDidAccept(() => {
      const [item] = input.selectedItems
      if (item !== undefined) settle({ value: item.value })
    }),
  ])
}

function ask<T>(
  { title, step, totalSteps }: StepFrame,
  input: vscode.InputBox | vscode.QuickPick<Choice<T>>,
  listen: (settle: (answer: StepAnswer<T>) => void) => readonly Disposable[],
): Promise<StepAnswer<T>> {
  input.title = title
  input.ignoreFocusOut = true
  if (totalSteps > 1) {
    input.step = step
    input.totalSteps = totalSteps
  }
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back]
  return new Promise((resolve) => {
    const held: Disposable[] = [input]
    const settle = (answer: StepAnswer<T>): void => {
      resolve(answer)
      for (const part of held.splice(0)) part.dispose()
    }
    held.push(
      ...listen(settle),
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) settle('back')
      }),
      input.onDidHide(() => {
        settle(undefined)
      }),
    )
    input.show()
  })
}

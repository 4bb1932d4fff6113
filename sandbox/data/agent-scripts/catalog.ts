import { hashKey } from '../../rng';
import type { AgentScript } from './agent-script';
import { codeRepair } from './code-repair';
import { invoiceTriage } from './invoice-triage';
import { supportDesk } from './support-desk';
import { travelBooking } from './travel-booking';
import { wordle } from './wordle';

const BY_WORD: ReadonlyArray<readonly [word: string, script: AgentScript]> = [
  ['support', supportDesk],
  ['code', codeRepair],
  ['travel', travelBooking],
  ['invoice', invoiceTriage],
  ['wordle', wordle],
];

/** The script whose word is in the name of a task's data, or one that always is the same for that name. */
export function findAgentScript(taskName: string): AgentScript {
  const named = BY_WORD.find(([word]) => taskName.includes(word));
  return (named ?? BY_WORD[hashKey('script', taskName) % BY_WORD.length])?.[1] ?? supportDesk;
}

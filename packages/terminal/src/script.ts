export { typedWords } from "./lib/from-recording/input-words.js";
export { type RecordedScript, scriptOf } from "./lib/from-recording/script-of.js";
export { scenarioOf, scriptText } from "./lib/from-recording/script-text.js";
export { openScript, type Script } from "./lib/script/open-script.js";
export { parseScript, STEP_NAMES } from "./lib/script/parse-script.js";
export { runScript, type ScriptContext } from "./lib/script/run-script.js";
export { scriptSchema } from "./lib/script/step-schemas.js";
export type { Action, Step, WaitFor } from "./lib/script/steps.js";

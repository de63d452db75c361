export { createSequenceReader, type SequenceReader, type TextPart } from "./lib/sequences/sequence-reader.js";
export { isControlSequence, isIntroducer, nextState, STATE } from "./lib/sequences/states.js";
export { withoutSequences } from "./lib/sequences/without-sequences.js";

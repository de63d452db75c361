export {
  type ConformanceCase,
  type ConformanceFeature,
  conformanceCases,
} from "./lib/suite/conformance-cases.js";

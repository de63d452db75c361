import { serveLane } from "./lib/indexing/serve-lane.js";

serveLane();

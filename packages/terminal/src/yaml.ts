export { type LocatedYaml, parseYaml } from "./lib/yaml/parse-yaml.js";

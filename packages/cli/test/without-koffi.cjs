// Preloaded by a Node that shall not find koffi.
const Module = require("node:module");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (/^koffi$/.test(request))
    throw Object.assign(new Error("koffi is hidden."), { code: "MODULE_NOT_FOUND" });
  return resolve.call(this, request, ...rest);
};

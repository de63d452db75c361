/** A try of a test, as its runner identifies it. */
export interface TestTry {
  /** Path of the test's file. */
  file: string;
  /** Its name, with those of its suites. */
  test: string;
  /** Its identity where several tests share the name. Default: the name. */
  identity?: object;
  /** Which try: numbers restart with each. */
  attempt?: number | string;
  /** The run of the file: in watch mode a process runs a file again and again. */
  run?: object;
}

const OWN_ECHO =
  "it reads or sets the echo of the terminal it opened, but a recorded program has its own terminal, and a stub needs a raw one";
const EARLY_EOF =
  "it types Ctrl+D before the program has started, which a terminal that is not raw yet treats as end of file";
const SIGNALS = "it sends a signal to the process it started, which is the recorder";
const SIGNAL_STATUS =
  "it checks which signal ended the program; the recorder reports that as exit status 128 + n";
const NO_TERMINAL =
  "it gives the program a pipe as input; a recorded program reads from a terminal without input";
const COLLAPSED = "it depends on a delay of a second; stubs collapse time by default (see `--mode realtime`)";
const HOME = "it expects a path below HOME, which is masked in the recording";

/** Tests that cannot pass while recorded or with stubs, and why. */
export const EXCEPTIONS = {
  "test_expect.py::ExpectTestCase::test_expect_setecho_off": OWN_ECHO,
  "test_expect.py::ExpectTestCase::test_expect_setecho_off_exact": OWN_ECHO,
  "test_expect.py::ExpectTestCase::test_waitnoecho": OWN_ECHO,
  "test_expect.py::ExpectTestCase::test_waitnoecho_order": OWN_ECHO,
  "test_expect.py::ExpectTestCase::test_waitnoecho_timeout": OWN_ECHO,
  "test_unicode.py::UnicodeTests::test_expect_echo": OWN_ECHO,
  "test_unicode.py::UnicodeTests::test_expect_echo_exact": OWN_ECHO,
  "test_expect.py::ExpectTestCase::test_stdin_closed": EARLY_EOF,
  "test_expect.py::ExpectTestCase::test_stdin_stdout_closed": EARLY_EOF,
  "test_popen_spawn.py::ExpectTestCase::test_expect_basic": NO_TERMINAL,
  "test_popen_spawn.py::ExpectTestCase::test_expect_exact_basic": NO_TERMINAL,
  "test_popen_spawn.py::ExpectTestCase::test_expect_timeout": NO_TERMINAL,
  "test_isalive.py::IsAliveTestCase::test_signal_wait": SIGNAL_STATUS,
  "test_async.py::AsyncTests::test_eof": EARLY_EOF,
  "test_isalive.py::IsAliveTestCase::test_expect_isalive_consistent_multiple_calls": EARLY_EOF,
  "test_log.py::TestCaseLog::test_log_send_and_received": EARLY_EOF,
  "test_misc.py::TestCaseMisc::test_eof": EARLY_EOF,
  "test_misc.py::TestCaseMisc::test_isalive": EARLY_EOF,
  "test_async.py::AsyncTests::test_async_replwrap_multiline": SIGNALS,
  "test_misc.py::TestCaseMisc::test_sighup": SIGNALS,
  "test_replwrap.py::REPLWrapTestCase::test_multiline": SIGNALS,
  "test_expect.py::ExpectTestCase::test_greed": COLLAPSED,
  "test_expect.py::ExpectTestCase::test_greed_exact": COLLAPSED,
  "test_replwrap.py::REPLWrapTestCase::test_bash_env": HOME,
  "test_replwrap.py::REPLWrapTestCase::test_existing_spawn": HOME,
};

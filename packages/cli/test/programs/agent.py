# A full-screen program as the agents of the day are: the other screen, bracketed paste, questions to the terminal, a title,
# synchronised redraws, a spinner, an answer that streams in, a permission to be given, and a word after it has left.
import os, re, select, sys, termios, time, tty

ROWS, COLS = 24, 80
saved = termios.tcgetattr(0)
log, typed, pending = ["Welcome. What shall we do?"], "", b""

def put(text):
    data = text.encode()
    while data:
        data = data[os.write(1, data):]

def draw(status):
    rows = [f"\x1b[1;38;5;208m╭{'─' * (COLS - 2)}╮\x1b[m", f"\x1b[1;38;5;208m│\x1b[m ✳ agent – 世界 {' ' * (COLS - 18)}\x1b[1;38;5;208m│\x1b[m"]
    rows += log[-(ROWS - 5):]
    rows += [""] * (ROWS - 2 - len(rows)) + [f"\x1b[2m{status}\x1b[m", f"> {typed}"]
    put("\x1b[?2026h\x1b[?25l\x1b[H" + "\r\n".join(f"{row}\x1b[K" for row in rows) + "\x1b[?25h\x1b[?2026l")

def key():
    """The next key: a character, or the name of a paste; what a terminal answers is passed over."""
    global pending
    while True:
        pending = re.sub(rb"\x1b\[[?>0-9;]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)", b"", pending)
        if pending and not pending.startswith(b"\x1b"):
            first, pending = pending[:1], pending[1:]
            return first.decode("latin1")
        pending += os.read(0, 4096)

def ask(status):
    global typed
    typed = ""
    while True:
        draw(status)
        pressed = key()
        if pressed == "\r":
            return typed
        typed = typed[:-1] if pressed == "\x7f" else typed + pressed

try:
    tty.setraw(0)
    put("\x1b[?1049h\x1b[?2004h\x1b[?1004h\x1b]0;agent – thinking\x07\x1b[c\x1b]11;?\x07\x1b[6n")
    while (task := ask("ready")) != "/exit":
        log.append(f"\x1b[1m> {task}\x1b[m")
        for tick in range(5):
            draw(f"{'⠋⠙⠹⠸⠼'[tick]} Working… ({tick + 1}s)")
            time.sleep(0.02)
        log.append("●")
        for word in "I would put one line into note.txt.".split():
            log[-1] += f" {word}"
            draw("streaming")
            time.sleep(0.01)
        if ask("Allow the edit? (y/n)") == "y":
            log += ["\x1b[42;30m+ hello, world\x1b[m", "\x1b[32m✔ note.txt changed\x1b[m"]
finally:
    put("\x1b[?1004l\x1b[?2004l\x1b[?1049l")
    termios.tcsetattr(0, termios.TCSADRAIN, saved)
print("Resume with: agent --resume last")
sys.exit(5)

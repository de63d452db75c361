"""Asks for a password in one of the ways that programs have, and prints only its length."""
import getpass
import os
import sys
import termios
import time
import tty


def over_tty(echo_off_first=True):
    """As ssh and sudo do: the terminal itself is opened, whatever standard input is."""
    fd = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    old = termios.tcgetattr(fd)
    new = termios.tcgetattr(fd)
    new[3] &= ~termios.ECHO
    termios.tcsetattr(fd, termios.TCSAFLUSH, new)
    os.write(fd, b"[sudo] password for user: ")
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(fd, 1)
    termios.tcsetattr(fd, termios.TCSAFLUSH, old)
    os.write(fd, b"\n")
    return line.rstrip(b"\n").decode()


def with_stars():
    fd = sys.stdin.fileno()
    old = termios.tcgetattr(fd)
    tty.setraw(fd)
    os.write(1, b"Password: ")
    typed = b""
    while True:
        key = os.read(fd, 1)
        if key in (b"\r", b"\n"):
            break
        typed += key
        os.write(1, b"*")
    termios.tcsetattr(fd, termios.TCSAFLUSH, old)
    os.write(1, b"\r\n")
    return typed.decode()


def switched():
    """Shows what is typed until a word was typed; then it is a password."""
    name = input("User: ")
    assert name == "alice"
    return over_tty()


password = {
    "getpass": lambda: getpass.getpass("Password: "),
    "tty": over_tty,
    "stars": with_stars,
    "switched": switched,
}[sys.argv[1]]()
print(f"accepted {len(password)}", flush=True)

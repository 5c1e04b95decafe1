"""Starts the homeservers of one practice world: imports Synapse once, then forks a child for each.

    python launcher.py DIRECTORY [--remove]

Commands come in on stdin and events go out on stdout, one JSON object a line:
    {"do": "certificates", "names": [...]}                 -> {"event": "certificates"}
    {"do": "start", "name", "config", "raised", "wishedRoom"?} -> {"event": "started", "name", "pid"}
    {"do": "stop", "name", "how": "kill" | "graceful"}     -> {"event": "ended", "name", "code"}
When stdin closes, however that came about, every child is killed; with --remove the directory goes too.
"""

import gc
import json
import os
import shutil
import signal
import sys

from twisted.internet.main import installReactor

# Borrowed from Synapse's own forking launcher: a reactor that becomes real only in the child, as an epoll or
# kqueue handle must not be shared between processes.
from synapse.app.complement_fork_starter import ProxiedReactor

reactor = ProxiedReactor()
installReactor(reactor)

import synapse.app.homeserver  # noqa: E402

import child  # noqa: E402
from certificates import write_certificates  # noqa: E402

children = {}


def tell(event, **details):
    # One write for each line, so that an event told from a signal handler can't cut another in two.
    os.write(1, (json.dumps({"event": event, **details}) + "\n").encode())


def start(command, lifeline):
    pid = os.fork()
    if pid == 0:
        # Whatever happens, a child never returns into the launcher's loop.
        try:
            child.run(command, reactor, lifeline)
        finally:
            os._exit(1)
    children[pid] = command["name"]
    tell("started", name=command["name"], pid=pid)


def stop(name, how):
    for pid in [pid for pid, each in children.items() if each == name]:
        os.kill(pid, signal.SIGTERM if how == "graceful" else signal.SIGKILL)


def on_child_ended(_signal, _frame):
    while children:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        tell("ended", name=children.pop(pid, None), code=os.waitstatus_to_exitcode(status))


def kill_all():
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pid in list(children):
        os.kill(pid, signal.SIGKILL)
    for pid in list(children):
        os.waitpid(pid, 0)


def main():
    directory = sys.argv[1]
    child.die_with_parent(signal.SIGTERM)
    # To end is to have no more input, so that there is one way out however the end came about.
    signal.signal(signal.SIGTERM, lambda *_: os.dup2(os.open(os.devnull, os.O_RDONLY), 0))
    signal.signal(signal.SIGCHLD, on_child_ended)
    # Held open only here: a child that sees it close knows that the launcher has died.
    lifeline = os.pipe()
    # Keeps the imported code in pages that the children share.
    gc.collect()
    gc.freeze()
    try:
        tell("ready")
        for line in sys.stdin:
            command = json.loads(line)
            if command["do"] == "certificates":
                write_certificates(directory, command["names"])
                tell("certificates")
            elif command["do"] == "start":
                start(command, lifeline)
            elif command["do"] == "stop":
                stop(command["name"], command["how"])
    finally:
        kill_all()
        if "--remove" in sys.argv:
            shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()

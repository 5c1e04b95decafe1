"""What a forked child does before it becomes a homeserver, and the few places where practice differs from life."""

import ctypes
import os
import pathlib
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number):
    """Asks Linux to send the signal when the parent ends; elsewhere stdin and the lifeline do that job."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)


def watch(lifeline):
    """Ends this process as soon as the launcher is gone, also where there is no parent-death signal."""
    reading_end, writing_end = lifeline
    os.close(writing_end)

    def wait_for_end():
        os.read(reading_end, 1)
        os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True).start()


def skip_disk_flushes():
    """A practice database is thrown away, so it need not survive a power cut."""
    from synapse.storage.engines.sqlite import Sqlite3Engine

    on_new_connection = Sqlite3Engine.on_new_connection

    def without_flushes(self, connection):
        on_new_connection(self, connection)
        connection.execute("PRAGMA synchronous = OFF")

    Sqlite3Engine.on_new_connection = without_flushes


def ask_no_name_server():
    """A server name that nobody here has must not leave the computer as a DNS question."""
    from synapse.http.federation.srv_resolver import SrvResolver

    async def no_records(self, service_name):
        return []

    SrvResolver.resolve_service = no_records


def raise_hierarchy_limit():
    """The one limit that Synapse keeps in its code instead of its configuration."""
    from synapse.handlers import room_summary

    settings = room_summary.RatelimitSettings
    room_summary.RatelimitSettings = lambda key, **_: settings(key, per_second=10000, burst_count=10000)


def name_first_room(localpart):
    """Gives the first room created the wished room ID, since Mathesar's page names its space by ID."""
    from synapse.handlers import room

    wished = [localpart]
    original = room.stringutils

    class Stringutils:
        @staticmethod
        def random_string(length):
            return wished.pop() if length == 18 and wished else original.random_string(length)

        def __getattr__(self, name):
            return getattr(original, name)

    room.stringutils = Stringutils()


def draw_own_captcha():
    """Shows a box to tick in place of the picture puzzle, whose script would come from the internet."""
    import jinja2
    from synapse.config.captcha import CaptchaConfig

    read_config = CaptchaConfig.read_config
    page = pathlib.Path(__file__).with_name("captcha.html").read_text(encoding="utf-8")

    def with_own_page(self, config, **rest):
        read_config(self, config, **rest)
        self.recaptcha_template = jinja2.Environment(autoescape=True).from_string(page)

    CaptchaConfig.read_config = with_own_page


def run(command, reactor, lifeline):
    """Runs one homeserver until it is told to stop. Never returns in the launcher."""
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    die_with_parent(signal.SIGKILL)
    watch(lifeline)
    # Commands and events belong to the launcher alone.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)

    skip_disk_flushes()
    ask_no_name_server()
    draw_own_captcha()
    if command["raised"]:
        raise_hierarchy_limit()
    if command.get("wishedRoom"):
        name_first_room(command["wishedRoom"])

    if sys.platform == "linux":
        from twisted.internet.epollreactor import EPollReactor as Reactor
    else:
        from twisted.internet.pollreactor import PollReactor as Reactor
    reactor._install_real_reactor(Reactor())

    import synapse.app.homeserver

    sys.argv = ["homeserver", "-c", command["config"]]
    synapse.app.homeserver.main()

"""A server for a test."""

import threading


def serve(server):
    """Serves in a thread. Of itself it would see only each half second that it is shut down."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

#!/usr/bin/env bash
# with_display.sh COMMAND...: a display, a window manager and an accessibility bus of its own, gone
# with the command.
set -euo pipefail
export XDG_RUNTIME_DIR=$(mktemp -d) GDK_BACKEND=x11 LC_ALL=C.UTF-8
unset NO_AT_BRIDGE WAYLAND_DISPLAY
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
exec_in='openbox >/dev/null 2>&1 & exec "$@"'
xvfb-run --auto-servernum --server-args="-screen 0 ${SCREEN:-1366x768}x24" \
  dbus-run-session -- bash -c "$exec_in" with_display "$@"

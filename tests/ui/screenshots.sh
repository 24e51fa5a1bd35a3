#!/usr/bin/env bash
# screenshots.sh [BIN] [FOLDER]: makes the pictures of the README anew. A new page is one function
# in screenshots.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:-$here/../../build/release/bin}" && pwd)
folder=${2:-$here/../../resources/docs/screens}
exec "$here/with_display.sh" "$here/../demo/desktop.sh" "$bin" \
  /usr/bin/python3 -W ignore "$here/screenshots.py" "$bin" "$folder"

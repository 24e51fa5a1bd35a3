#!/usr/bin/env bash
# desktop.sh BIN [COMMAND...]: the window on a demo province of three desks and 200 invented
# dossiers, made anew; or COMMAND instead, which is told DEMO_DESK, DEMO_PIN, DEMO_FOLDER and
# DEMO_SERVER. All of it ends with that. DEMO_UNSENT notes more wait on the first desk.
set -euo pipefail
bin=$(cd "$1" && pwd)
shift
folder=$(mktemp -d)
server_pid=
finish() {
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

pin=482913
start=$SECONDS
printf 'Dựng một tỉnh làm mẫu: máy chủ, ba máy trạm, 200 hồ sơ … '
server() { "$bin/hosoxa-server" "$@" --data "$folder/province" --json; }
server init --province 22 >/dev/null
mkfifo "$folder/ready"
"$bin/hosoxa-server" run --data "$folder/province" --listen 127.0.0.1:0 --json \
  >"$folder/ready" 2>"$folder/server.log" &
server_pid=$!
read -r ready <"$folder/ready" || { cat "$folder/server.log" >&2; exit 1; }
port=$(sed -E 's/.*"port": *([0-9]+).*/\1/' <<<"$ready")
address=https://127.0.0.1:$port
hire() { # role, name
  local user
  user=$(server user add --unit 06994 --role "$1" --name "$2" | sed -E 's/.*"user": *"([^"]+)".*/\1/')
  server enrol-code --user "$user" --server "$address" --out "$folder/$1.hsx" >/dev/null
}
hire MC "Trần Thị Bình"
hire CV "Lê Quang Hải"
hire TP "Phạm Đức Toàn"
"$bin/make-demo" "$folder" "$pin" "${DEMO_UNSENT:-0}"
printf 'xong (%d s)\n' $((SECONDS - start))

if [ $# -gt 0 ]; then
  DEMO_DESK=$folder/MC DEMO_PIN=$pin DEMO_FOLDER=$folder DEMO_SERVER=$address "$@"
  exit
fi
cat <<TEXT

  Máy của Trần Thị Bình, một cửa đặc khu Vân Đồn. Mã PIN: $pin

  Thử: gõ mã PIN, Enter · ↑ ↓ xem hồ sơ · Ctrl+N tiếp nhận một hồ sơ rồi in giấy (Ctrl+P)
       F9 đối chiếu với tỉnh: máy của chuyên viên đã sửa cùng một ô, xem «Xung đột»
       «Quá hạn», «Hôm nay», «Chờ duyệt», «Để riêng», «Đang nhập dở» đều có việc
  Đóng cửa sổ hoặc Ctrl+C là hết; dữ liệu mẫu được xóa.

TEXT
"$bin/hosoxa" --data "$folder/MC" 2>"$folder/window.log" || { tail -n 3 "$folder/window.log" >&2; exit 1; }

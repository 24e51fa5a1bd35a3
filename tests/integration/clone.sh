#!/usr/bin/env bash
# The real programs, TLS and all: a desk's folder is copied to a second PC and both go on. Nothing is
# lost, the copy gets a name of its own, the receipts prove it, the audit of the running server finds
# nothing, and finds one altered character.
set -euo pipefail
bin=$(cd "${1:-build/release/bin}" && pwd)
folder=$(mktemp -d)
server_pid=
finish() {
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

mkfifo "$folder/never"  # Nothing is ever written to it: waiting for it is waiting.
die() { printf '  ✗ %s\n' "$*" >&2; exit 1; }
field() { python3 -c 'import json,sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value[int(key)] if isinstance(value, list) else value[key]
print(len(value) if isinstance(value, list) else value)' "$1"; }
expect() { [ "$2" = "$3" ] || die "$1: mong «$3», được «$2»"; printf '  ✓ %s: %s\n' "$1" "$2"; }
server() { "$bin/hosoxa-server" "$@" --data "$folder/province" --json; }
desk() { local who=$1; shift; "$bin/hosoxa-cli" --data "$folder/$who" --pin-file "$folder/pin" --json "$@"; }

printf '482913\n' >"$folder/pin"
server init --province 22 >/dev/null
"$bin/hosoxa-server" run --data "$folder/province" --listen 127.0.0.1:0 --json >"$folder/ready" &
server_pid=$!
until grep -q ready "$folder/ready"; do
  kill -0 "$server_pid" 2>/dev/null || die "máy chủ không chạy được"
  read -rt 0.05 _ <>"$folder/never" || true
done
url="https://127.0.0.1:$(field port <"$folder/ready")"
user=$(server user add --unit 06994 --role MC --name "Trần Thị Bình" | field user)
server enrol-code --user "$user" --server "$url" --out "$folder/mc.hsx" >/dev/null
desk mc enrol --code-file "$folder/mc.hsx" >/dev/null
id=$(desk mc dossier new --procedure 1.013225 --received 2026-11-23T08:30 --set applicant.name="Nguyễn Văn An" | field id)
desk mc sync >/dev/null

cp -a "$folder/mc" "$folder/copy"
desk mc dossier note "$id" "máy thứ nhất" >/dev/null
desk copy dossier note "$id" "máy thứ hai" >/dev/null
expect "máy thứ nhất giữ tên" "$(desk mc sync | field moved)" False
expect "bản sao nhận tên riêng" "$(desk copy sync | field moved)" True
desk copy dossier note "$id" "máy thứ hai, sau đó" >/dev/null
for who in mc copy mc copy; do
  desk $who sync >"$folder/report"
  expect "không gửi lại gì nữa ($who)" "$(field reissued <"$folder/report")" 0
done
for who in mc copy; do
  expect "ghi chú trên $who" "$(desk $who dossier show "$id" | field notes)" 3
  expect "mã băm của $who" "$(desk $who digest | field sha256)" "$(server digest --unit 06994 | field sha256)"
  desk $who receipt verify >/dev/null || die "biên nhận của $who"
done
expect "tỉnh biết hai máy" "$(server device list | field devices)" 2
expect "soát khi máy chủ đang chạy" "$(server audit verify | field units.0.entries)" 4

python3 - "$folder/province/province.db" <<'PYTHON'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as base:
    base.execute("UPDATE officer SET name = replace(name, 'Trần', 'Trấn')")
PYTHON
if server audit verify >"$folder/found" 2>"$folder/words"; then die "một chữ bị sửa mà không thấy"; fi
expect "một chữ bị sửa" "$(field error <"$folder/found")" audit.row_altered
grep -q "bảng officer" "$folder/words" || die "không nói chỗ bị sửa"

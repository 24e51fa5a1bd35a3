#!/usr/bin/env bash
# The main job from a terminal: three desks of đặc khu Vân Đồn work with no network, then reconcile
# with the province over mutual TLS. Every line says what was checked; any surprise ends it.
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
say() { printf '\n%s\n' "$*"; }
ok() { printf '  ✓ %s\n' "$*"; }
die() { printf '  ✗ %s\n' "$*" >&2; exit 1; }
field() { python3 -c 'import json,sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value[int(key)] if isinstance(value, list) else value[key]
print("" if value is None else value)' "$1"; }
expect() { [ "$2" = "$3" ] || die "$1: mong «$3», được «$2»"; ok "$1: $2"; }
server() { "$bin/hosoxa-server" "$@" --data "$folder/province" --json; }
desk() { local who=$1; shift; "$bin/hosoxa-cli" --data "$folder/$who" --pin-file "$folder/pin" --json "$@"; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

start_server() {
  : >"$folder/ready"
  "$bin/hosoxa-server" run --data "$folder/province" --listen "127.0.0.1:$port" \
    >"$folder/ready" 2>>"$folder/server.log" &
  server_pid=$!
  until grep -q ready "$folder/ready"; do
    kill -0 "$server_pid" 2>/dev/null || { cat "$folder/server.log" >&2; die "máy chủ không chạy được"; }
    read -rt 0.05 _ <>"$folder/never" || true
  done
}
stop_server() { kill "-$1" "$server_pid"; wait "$server_pid" 2>/dev/null || true; server_pid=; }

say "1. Máy chủ tỉnh Quảng Ninh (22): CA riêng, cơ sở dữ liệu, ba cán bộ của đặc khu Vân Đồn (06994)"
printf '482913\n' >"$folder/pin"
expect "tỉnh" "$(server init --province 22 | field province)" 22
start_server
for role in MC CV TP; do
  user=$(server user add --unit 06994 --role $role --name "Cán bộ $role" | field user)
  server enrol-code --user "$user" --server "https://127.0.0.1:$port" --out "$folder/$role.hsx" >/dev/null
  desk $role enrol --code-file "$folder/$role.hsx" >/dev/null
  ok "máy trạm $role đã ghi danh ($user)"
done
for role in MC CV TP; do desk $role sync >/dev/null; done
stop_server TERM
ok "mất mạng: máy chủ tắt"

say "2. Một cửa tiếp nhận ba hồ sơ khi không có mạng"
receive() { desk MC dossier new --received 2026-11-23T08:30 --procedure "$@"; }
permit=$(receive 1.013225 --case nha-o-rieng-le --set applicant.name="Nguyễn Văn An" applicant.phone=0900000001 summary="Nhà ở hai tầng, Thôn 3")
land=$(receive 1.013978 --set applicant.name="Trần Thị Bình" parcel.number=123 parcel.sheet=45)
plan=$(receive 1.014159 --set applicant.name="Lê Thị Ngọc Ánh" parcel.number=77)
expect "giấy phép nhà ở (7 ngày làm việc) hẹn trả" "$(field due <<<"$permit" | cut -c1-10)" 2026-12-03
expect "cấp giấy chứng nhận lần đầu (17 ngày làm việc) hẹn trả" "$(field due <<<"$land" | cut -c1-10)" 2026-12-17
expect "thông tin quy hoạch (10 ngày) hẹn trả" "$(field due <<<"$plan" | cut -c1-10)" 2026-12-03
expect "mã chính thức khi chưa có mạng" "$(field code <<<"$permit")" ""
id=$(field id <<<"$permit")
ok "mã tạm $(field provisional_code <<<"$permit")"
desk MC dossier step "$id" transfer >/dev/null
expect "tìm không dấu «nguyen van an»" "$(desk MC search "nguyen van an" | field total)" 1
expect "chờ gửi ở MC" "$(desk MC status | field waiting)" 4

say "3. Có mạng lại: cả ba máy đối chiếu"
start_server
for role in MC CV TP MC; do desk $role sync >/dev/null; done
same_digests() {
  local province; province=$(server digest --unit 06994 | field sha256)
  for role in MC CV TP; do
    [ "$(desk $role digest | field sha256)" = "$province" ] || die "máy $role khác tỉnh"
  done
  ok "bốn bản giống nhau: ${province:0:16}…"
}
same_digests
ok "mã chính thức: $(desk CV dossier show "$id" | field code)"

say "4. Lại mất mạng; CV và MC cùng sửa một hồ sơ: một trường giống, một trường khác"
stop_server TERM
desk MC dossier set "$id" summary="Nhà ở hai tầng, mái tôn" parcel.number=12 >/dev/null
desk CV dossier set "$id" summary="Nhà ở ba tầng" parcel.sheet=7 >/dev/null
start_server
desk MC sync >/dev/null
expect "CV gửi: xung đột" "$(desk CV sync | field conflicts)" 1
for role in MC TP; do desk $role sync >/dev/null; done
same_digests
for role in MC CV TP; do
  list=$(desk $role conflict list "$id")
  expect "máy $role thấy hai giá trị" "$(field conflicts.0.values.0.value <<<"$list") | $(field conflicts.0.values.1.value <<<"$list")" "Nhà ở hai tầng, mái tôn | Nhà ở ba tầng"
done
expect "số thửa của MC còn" "$(desk TP dossier show "$id" | python3 -c 'import json,sys; print(json.load(sys.stdin)["fields"]["parcel.number"])')" 12

say "5. CV giải quyết xung đột và trình; TP duyệt một bản đã cũ rồi bản mới"
conflict=$(desk CV conflict list "$id" | field conflicts.0.id)
value=$(desk CV conflict list "$id" | field conflicts.0.values.1.id)
desk CV conflict resolve "$conflict" --keep "$value" >/dev/null
desk CV dossier step "$id" propose >/dev/null
desk CV sync >/dev/null
desk TP sync >/dev/null
stop_server TERM
desk TP dossier decide "$id" approve >/dev/null
desk CV dossier set "$id" works.floors=3 >/dev/null
start_server
desk CV sync >/dev/null
expect "quyết định trên bản cũ được để riêng" "$(desk TP sync | field set_aside)" 1
aside=$(desk TP setaside list)
expect "lý do" "$(field changes.0.reason <<<"$aside")" decide.earlier_version
expect "khác ở" "$(field changes.0.difference.0 <<<"$aside")" field.works.floors
desk TP dossier decide "$id" approve >/dev/null
expect "TP duyệt bản mới" "$(desk TP sync | field accepted)" 1
desk CV sync >/dev/null
expect "trạng thái" "$(desk CV dossier show "$id" | field step)" reviewed

say "6. Máy chủ bị ngắt đột ngột giữa lúc đối chiếu"
# The line is watched by its own port: the server is killed only once MC's connection stands.
connected() { grep -qE ":$(printf %04X "$port") [0-9A-F:]+ 01 " /proc/net/tcp; }
land_id=$(field id <<<"$land")
for i in $(seq 1 40); do desk MC dossier note "$land_id" "Ghi chú số $i" >/dev/null; done
cuts=0
for attempt in 1 2 3 4 5 6 7 8; do
  desk MC sync >"$folder/cut" 2>/dev/null &
  client=$!
  until connected; do kill -0 "$client" 2>/dev/null || break; done
  stop_server KILL
  if wait "$client"; then :; else cuts=$((cuts + 1)); fi
  start_server
  [ "$cuts" = 0 ] || break
  desk MC dossier note "$land_id" "Thêm lần $attempt" >/dev/null
done
[ "$cuts" -gt 0 ] || die "không lần nào ngắt đúng lúc đang đối chiếu"
ok "đường truyền bị ngắt giữa chừng: $(field error <"$folder/cut")"
for role in MC CV TP MC; do desk $role sync >/dev/null; done
expect "còn chờ gửi ở MC" "$(desk MC status | field waiting)" 0
expect "ghi chú có trên máy TP" "$(desk TP dossier show "$(field id <<<"$land")" | python3 -c 'import json,sys; print(len([n for n in json.load(sys.stdin)["notes"] if n["text"].startswith("Ghi chú số")]))')" 40
same_digests
stop_server TERM
say "Xong: không mất gì, không ai bị ghi đè, mọi máy thấy như nhau."

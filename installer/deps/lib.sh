# Sourced by the scripts of installer/: how they tell that they can't go on, and how they install packages.
# `unfinished` says, in the user's language, what did not come to its end.

fail() { # what, why, what to do
  printf '\n%s: %s\n  Vì sao: %s\n  Cần làm: %s\n' "$unfinished" "$1" "$2" "$3" >&2
  exit 1
}
have() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

find_missing() { # package...: those that are not installed, in `missing`
  local package
  missing=()
  for package in "$@"; do have "$package" || missing+=("$package"); done
}

may_install() {
  command -v apt-get >/dev/null || fail "không có apt" "máy này không phải Debian" "chạy trên Debian 12"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    fail "thiếu quyền" "cài gói cần quyền root" "chạy lại bằng root hoặc cài sudo"
}

apt_step() { # title, command...
  local title=$1 start=$SECONDS log
  shift
  log=$(mktemp)
  printf '%s … ' "$title"
  if as_root env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1; then
    printf 'xong (%d s)\n' $((SECONDS - start))
  else
    printf 'lỗi\n'
    tail -n 15 "$log" >&2
    fail "$title" "apt báo lỗi như trên" "kiểm tra mạng và nguồn gói (/etc/apt), rồi chạy lại lệnh này"
  fi
  rm -f "$log"
}

install_missing() { # package...
  find_missing "$@"
  [ ${#missing[@]} -gt 0 ] || return 0
  may_install
  apt_step "Cập nhật danh sách gói" apt-get update
  apt_step "Cài ${#missing[@]} gói" apt-get install -y --no-install-recommends "${missing[@]}"
}

program_version() { sed -n 's/^project(HoSoXa VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt; }

# `./banyan release --check`: installs and uses what `./banyan release` has made, each in a root folder of its own: the
# archive next to nothing but a shell and four programs, the package in a new Debian, the image in its own. Read by
# ./banyan and release.bash, whose functions it uses. Needs curl; for package and image, root.

check_release() { # archive, package or image; nothing for all
  has curl || fail "the check needs curl"
  [[ -f $releases/SHA256SUMS ]] || fail "there is no release; run ./banyan release first"
  (cd "$releases" && sha256sum --quiet --check SHA256SUMS)
  room=$target/release-check
  log=$target/release-check.log
  server_log=$target/release-check-server.log
  trap stop_child EXIT
  case ${1:-} in
    "")      check_archive; check_package; [[ ! -f $image ]] || check_image ;;
    archive|package|image) "check_$1" ;;
    *)       usage_error "\"release --check\" knows no \"$1\"" ;;
  esac
  rm -rf "$room"
  say "The release works."
}

# ---- the archive ----------------------------------------------------------------------------------------------------

# Not as root, it is among the libraries of this machine.
check_archive() {
  inside=$room # the path of the room, seen from inside
  [[ $(id -u) != 0 ]] || inside=""
  unpacked=$room/banyan-$version
  furnish_room
  tar --extract --gzip --file "$archive" --directory "$room" --no-same-owner
  # A JVM that has to use the cache doesn't start if it can't.
  as=(env -i PATH="$inside/bin" BANYAN_RATE_LIMITS=off
    BANYAN_JAVA_OPTS="-XX:AOTMode=on -Xlog:class+load:file=$inside/tmp/classes")
  banyan=("$inside/banyan-$version/banyan")
  check_contents
  check_own_server
  check_old_data
  check_demo
}

furnish_room() {
  local name folder
  rm -rf "$room"
  mkdir -p "$room"/{bin,proc,dev,tmp,etc}
  for name in sh cat dirname readlink env; do
    cp -L "$(command -v "$name")" "$room/bin/$name"
  done
  [[ -z $inside ]] || return 0
  echo 'root:x:0:0::/:/bin/sh' >"$room/etc/passwd"
  for name in $(ldd "$room/bin/sh" | grep -o '/[^ ]*'); do
    folder=$(dirname "$name")
    mkdir -p "$room$folder"
    cp -L "$name" "$folder"/lib{dl,m,pthread,resolv,rt,nss_dns,nss_files}.so.[0-9] "$room$folder" 2>/dev/null || true
  done
}

check_contents() {
  ! find "$unpacked/app" | grep -iE 'junit|assertj|archunit|playwright|zonky|jqwik|s3mock|keycloak' ||
    fail "there are libraries of tests"
  ! "$JAVA_HOME/bin/jar" --list --file "$unpacked"/app/app/banyan-*.jar | grep 'Test\.class$' || fail "there are tests"
  [[ $(in_room "${banyan[@]}" --version) == "$(print_version)" ]] || fail "--version is not the one of the sources"
  must help
  # A page in a folder, with a link to one beside its folder.
  grep -q 'href="../operations.html' "$unpacked/docs/guides/self-hosting.html" && [[ -f $unpacked/docs/operations.html ]] ||
    fail "the documents are not files that need no server"
}

check_own_server() {
  port=$(free_port)
  start in_room "${banyan[@]}" serve --port "$port"
  say "Ready after $took ms, on an empty folder."
  must_answer /login
  must_answer /healthz
  stop
  check_cache
}

# Of the server that was started last.
check_cache() {
  local loaded=$room/tmp/classes cached all
  all=$(grep -c ' dev\.banyan\.' "$loaded")
  cached=$(grep -c ' dev\.banyan\..* source: shared objects file' "$loaded")
  say "$cached of the $all classes of Banyan came from the cache."
  [[ $((cached * 10)) -gt $((all * 9)) ]] || fail "the cache knows too few classes"
  local -a as=("${as[@]}" BANYAN_JAVA_OPTS="-XX:AOTMode=on -XX:-UseCompactObjectHeaders")
  ! does audit verify || fail "a JVM that can't use the cache must not start here"
}

# The next archive beside the one that there was, with yesterday's data.
check_old_data() {
  furnish_old_data "$room/old"
  port=$(free_port)
  start in_room "${banyan[@]}" serve --port "$port" --data "$inside/old"
  say "Ready after $took ms, with the data of an old version."
  must_have_upgraded "$room/old"
  stop
}

check_demo() {
  port=$(free_port)
  start in_room "${banyan[@]}" demo --port "$port"
  say "Ready after $took ms, with a sample agency."
  must_answer /openapi.json
  must_answer /clientbrand1
  # Draws a picture with typefaces.
  must_answer "$(answer /clientbrand1 | grep -o '/media/card/[^"]*' | head -n 1)"
  must console -c list-servants
  must backup "$inside/backup.zip"
  must audit verify
  stop
  must restore "$inside/backup.zip" --data "$inside/restored"
  must doctor --data "$inside/restored"
}

# ---- the package ----------------------------------------------------------------------------------------------------

# What someone types who installs, upgrades and removes it, as root. No systemd runs there: what it would do is done here
# by hand, with the command lines of its units.
check_package() {
  [[ $(id -u) == 0 ]] || fail "only root can install a package in a root folder of its own"
  inside=""
  as=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive)
  banyan=(banyan)
  make_debian
  rm -rf "$room"
  mkdir "$room"
  tar --extract --file "$debian" --directory "$room" --numeric-owner
  check_units
  check_installed
  check_upgraded
  check_removed
}

check_units() {
  local units=$target/release-check-units unit
  has systemd-analyze || return 0
  rm -rf "$units"
  mkdir "$units"
  dpkg-deb --fsys-tarfile "$package" | tar --extract --directory "$units" --strip-components 5 ./usr/lib/systemd/system
  for unit in banyan.service banyan-backup.service; do
    systemd-analyze security --offline=true --threshold=30 "$units/$unit" >"$log" 2>&1 ||
      fail "$unit may do more than it should: see $log"
    say "$unit: $(sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p' "$log") of 10 open to attack."
  done
}

check_installed() {
  local begun=${EPOCHREALTIME/./}
  apt install "$package"
  say "Installed after $(((${EPOCHREALTIME/./} - begun) / 1000)) ms."
  [[ $(in_room banyan --version) == "$(print_version)" ]] || fail "--version is not the one of the sources"
  [[ $(in_room stat -c '%U %a' /var/lib/banyan) == "banyan 700" ]] || fail "/var/lib/banyan is not the one of banyan"
  port=$(free_port)
  echo "port=$port" >>"$room/etc/banyan/banyan.properties"
  start run_unit banyan.service
  say "Ready after $took ms, $(((${EPOCHREALTIME/./} - begun) / 1000)) ms from the start of the installation."
  must_answer /login
  set_up
  must doctor
  must console -c help
  ! does unheard-of && grep -q 'see banyan help' "$log" || fail "hints name a command that is not in the PATH: see $log"
  ! does audit unheard-of && grep -q 'try banyan audit verify' "$log" || fail "hints of the program name a command that is not in the PATH: see $log"
  must api --help
  grep -q '^  banyan api ' "$log" || fail "banyan api --help does not say how it is used: see $log"
  (run_unit banyan-backup.service) >"$log" 2>&1 || fail "the daily backup failed: see $log"
  ls "$room"/var/backups/banyan/banyan-*.zip >"$log" 2>&1 || fail "there is no backup"
  ! find "$room/var/lib/banyan" ! -user "$(in_room id -u banyan)" | grep . || fail "the server can't read all of its data"
}

# With the link in its log, as the operator's browser does.
set_up() {
  local link
  link=$(in_room banyan setup-link 2>"$log") || fail "banyan setup-link failed: see $log"
  link=${link%%$'\n'*}
  [[ $(status /setup -d "token=${link##*token=}" -d email=jordan@people.example -d username=jordan -d displayName=Jordan \
    --data-urlencode "password=correct horse battery") == 303 ]] || fail "the link does not set the server up: $link"
}

# To the same program with a higher version, first with the data of this one and then of an old one; and back, with the
# lines of "Go back" in docs/operations.md.
check_upgraded() {
  local next=$target/stage/next.deb folder=$target/stage/next data=$room/var/lib/banyan saved
  rm -rf "$folder"
  dpkg-deb --raw-extract "$package" "$folder"
  sed -i 's/^Version: .*/&+next/' "$folder/DEBIAN/control"
  dpkg-deb --root-owner-group -Znone --build "$folder" "$next" >/dev/null
  stop # as prerm asks systemd to
  apt install "$next"
  start run_unit banyan.service
  must_answer /api/login --json '{"emailOrUsername":"jordan","password":"correct horse battery"}'
  stop
  (in_room find /var/lib/banyan -mindepth 1 -delete)
  furnish_old_data "$data"
  (in_room chown -R banyan:banyan /var/lib/banyan)
  start run_unit banyan.service
  must_have_upgraded "$data"
  stop
  apt install "$package" --allow-downgrades
  mv "$data" "$data-after"
  (in_room install -d -o banyan -g banyan -m 700 /var/lib/banyan)
  saved=$(cd "$room" && ls var/lib/banyan-after/backups/before-*.zip)
  must restore "/$saved"
  cp -a "$data-after/credentials.key" "$data-after/files" "$data/"
  start run_unit banyan.service
  must_serve_old_data
  stop
  rm -rf "$folder" "$next" "$data-after"
}

check_removed() {
  apt remove banyan
  [[ ! -e $room/usr/lib/banyan && -f $room/var/lib/banyan/banyan.db && -f $room/etc/banyan/banyan.properties ]] ||
    fail "remove must keep data and settings, and nothing else"
  apt purge banyan
  # Logs of apt, and what virtual machines that were killed have left in /tmp.
  ! find "$room" -xdev \( -path "$room/var/log" -o -path "$room/tmp" \) -prune -o -name '*banyan*' -print | grep . ||
    fail "purge left that"
  ! (in_room getent passwd banyan) || fail "purge left the user"
}

apt() { # install, remove or purge; what; options
  local name=$2
  if [[ $1 == install ]]; then
    name=/tmp/${2##*/}
    cp "$2" "$room$name"
  fi
  (in_room apt-get --yes --no-install-recommends "${@:3}" "$1" "$name") >"$log" 2>&1 </dev/null || fail "apt-get $1 failed: see $log"
  rm -f "$room"/tmp/*.deb
}

# This process becomes the command of the unit, as its user and with its variables.
run_unit() { # unit
  local unit=$room/usr/lib/systemd/system/$1 line
  local -a as=("${as[@]}" BANYAN_RATE_LIMITS=off)
  while IFS= read -r line; do
    as+=("$line")
  done < <(sed -n 's/^Environment=//p' "$unit")
  in_room setpriv --reuid="$(sed -n 's/^User=//p' "$unit")" --regid=banyan --init-groups \
    sh -c "exec $(sed -n 's/^ExecStart=//p' "$unit")"
}

# ---- the image ------------------------------------------------------------------------------------------------------

# Its root file system, as a container has it: as its user without any right of root, and nothing to write to but /data.
check_image() {
  local stored=$target/release-check-image data=$target/release-check-data config layer blob line
  [[ $(id -u) == 0 ]] || fail "only root can start the root file system of the image"
  [[ -f $image ]] || fail "there is no image"
  rm -rf "$stored" "$data" "$room"
  mkdir -p "$stored" "$data" "$room"
  tar --extract --file "$image" --directory "$stored"
  for blob in "$stored"/blobs/sha256/*; do
    [[ $(sha256sum <"$blob" | cut -d' ' -f1) == "${blob##*/}" ]] || fail "$blob is not what its name says"
  done
  for layer in $(sed 's/.*"Layers"://' "$stored/manifest.json" | grep -o 'blobs/[a-z0-9/]*'); do
    tar --extract --gzip --file "$stored/$layer" --directory "$room" --numeric-owner
  done
  config=$stored/$(grep -o '"Config":"[^"]*' "$stored/manifest.json" | cut -d'"' -f4)
  chown 10001:10001 "$data"
  as=(env -i BANYAN_RATE_LIMITS=off)
  while IFS= read -r line; do
    as+=("$line")
  done < <(words_of Env "$config")
  port=8080
  [[ -z $(answer /) ]] || fail "port 8080 is in use"
  start in_container "$data" $(words_of Entrypoint "$config") $(words_of Cmd "$config")
  say "Ready after $took ms, as a container."
  must_answer /login
  (in_container "$data" /usr/lib/banyan/healthy) || fail "the check of health does not find the server"
  (in_container "$data" banyan doctor) >"$log" 2>&1 || fail "banyan doctor failed: see $log"
  (in_container "$data" banyan audit unheard-of) >"$log" 2>&1 || true
  grep -q 'try banyan audit verify' "$log" || fail "hints name a command that is not in the PATH: see $log"
  stop
  ! (in_container "$data" /usr/lib/banyan/healthy) 2>/dev/null || fail "the check of health finds a server that has ended"
  rm -rf "$data"
  furnish_old_data "$data"
  chown -R 10001:10001 "$data"
  start in_container "$data" $(words_of Entrypoint "$config") $(words_of Cmd "$config")
  must_have_upgraded "$data"
  stop
  rm -rf "$stored" "$data"
}

words_of() { # field of the image's description, file
  sed -n "s/.*\"$1\": \[\([^]]*\)\].*/\1/p" "$2" | sed 's/^"//; s/"$//; s/", "/\n/g'
}

# This process becomes the command.
in_container() { # folder for /data, command
  local data=$1
  shift
  exec unshare --mount sh -c 'mount --bind "$0" "$0" && cd "$0" && mount --bind "$1" data && mount -o remount,bind,ro "$0" &&
    mount --rbind /proc proc && mount --rbind /dev dev && shift && exec chroot . "$@"' "$room" "$data" \
    "${as[@]}" setpriv --reuid=10001 --regid=10001 --clear-groups --bounding-set=-all --no-new-privs "$@"
}

# ---- for all --------------------------------------------------------------------------------------------------------

# This process becomes the command, with nothing of the environment but `as`.
in_room() { # command
  local -a command=("${as[@]}" "$@")
  if [[ -z $inside ]]; then
    command=(unshare --mount sh -c 'cd "$0" && mount --rbind /proc proc && mount --rbind /dev dev && exec chroot . "$@"'
      "$room" "${command[@]}")
  fi
  exec "${command[@]}"
}

does() { # words for banyan
  (in_room "${banyan[@]}" "$@") >"$log" 2>&1 </dev/null
}

must() { # words for banyan
  does "$@" || fail "banyan $* failed: see $log"
}

# What a server of schema 155 left behind.
furnish_old_data() { # folder
  mkdir -p "$1"
  (cd "$1" && "$JAVA_HOME/bin/jar" --extract --file "$root/src/test/resources/upgrade/155/sqlite/folder.zip")
}

must_serve_old_data() {
  must_answer /north/menu
  must_answer /api/login --json '{"emailOrUsername":"rania","password":"correct horse battery"}'
}

must_have_upgraded() { # folder
  must_serve_old_data
  ls "$1"/backups/before-*.zip >"$log" 2>&1 || fail "nothing was saved before the upgrade"
}

# Sets `took`, in milliseconds.
start() { # function that becomes the server, its arguments
  local begun=${EPOCHREALTIME/./}
  start_child "$server_log" "$@"
  until [[ $(status /readyz) == 200 ]]; do
    child_runs || fail "the server did not start: see $server_log"
    sleep 0.1
  done
  took=$(((${EPOCHREALTIME/./} - begun) / 1000))
}

stop() {
  local code=0
  kill -TERM "$child"
  child_succeeded || code=$?
  [[ $code == 143 ]] || fail "the server ended with $code: see $server_log"
}

must_answer() { # path, options of curl
  local said
  said=$(status "$@")
  [[ $said == 20[01] ]] || fail "$1 answers ${said:-nothing}"
}

status() { # path, options of curl
  answer "$@" -o /dev/null -w '%{http_code}'
}

answer() { # path, options of curl
  local path=$1
  shift
  curl -s --max-time 30 "$@" "http://127.0.0.1:$port$path" || true
}

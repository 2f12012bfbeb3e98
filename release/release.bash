# `./banyan release`: makes target/release/banyan-<version>-linux-<arch>.tar.gz out of the build, and with --check tries
# it out. Read by ./banyan, whose functions it uses. Why it is made like this: docs/decisions/0094.

# Found by a name or as a service only: look-ups in DNS, Kerberos for PostgreSQL, archives as file systems.
MODULES_LOOKED_UP=jdk.naming.dns,jdk.security.auth,jdk.zipfs
# Named by classes that never run here: generators of code, and a terminal in a browser.
MODULES_NOT_NEEDED=jdk.compiler,jdk.httpserver

release() {
  [[ $(uname -s) == Linux ]] || fail "a release is made on Linux"
  case $(uname -m) in
    x86_64)  arch=amd64 system=linux-x86-64 ;;
    aarch64) arch=arm64 system=linux-aarch64 ;;
    *)       fail "there is no release for $(uname -m)" ;;
  esac
  # A release depends on its commit only.
  unset "${!BANYAN_@}"
  find_jdk
  version=$(sources_version)
  releases=$target/release
  archive=$releases/banyan-$version-linux-$arch.tar.gz
  case ${1:-} in
    "")      make_release ;;
    --check) check_release ;;
    *)       usage_error "\"release\" has no option \"$1\"" ;;
  esac
}

make_release() {
  local tree=$target/stage/banyan-$version time
  time=$(time_of_sources)
  [[ $(sources_commit) != *-modified ]] || say "Some files differ from their commit: use this release for trials only."
  [[ $(built_commit) == "$(sources_commit)" ]] || touch -d @0 "$target/.built" # what depends on git only is stale, too
  prepare
  ! is_stale || fail "only a fresh build is released"
  rm -rf "$target/stage" "$releases"
  mkdir -p "$tree" "$releases"
  write_bill_of_materials
  say "Cutting the Java runtime."
  cut_runtime "$tree/runtime"
  fill_tree "$tree" "$time"
  train_for_release "$tree"
  touch -d "@$time" "$tree" "$tree/banyan.aot"
  say "Packing."
  tar --create --directory="$target/stage" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner \
    --mtime="@$time" "banyan-$version" | gzip -9n >"$archive"
  (cd "$releases" && sha256sum -- *.tar.gz >SHA256SUMS)
  say "Made ${archive#"$root"/}, $(du -h "$archive" | cut -f1)."
}

# Seconds: of the commit, else the one in the pom.
time_of_sources() {
  if [[ -n $(sources_commit) ]]; then
    git -C "$root" log -1 --format=%ct
  else
    date +%s -d "$(sed -n 's:^ *<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$root/pom.xml")"
  fi
}

# The commit in the packaged program, nothing if there is none.
built_commit() {
  local folder=$target/release-work
  rm -rf "$folder"
  mkdir -p "$folder"
  (cd "$folder" && "$JAVA_HOME/bin/jar" --extract --file "$target"/quarkus-app/app/banyan-*.jar \
    dev/banyan/commands/commit && cat dev/banyan/commands/commit) 2>/dev/null || true
  rm -rf "$folder"
}

# A build with all checks has written it already.
write_bill_of_materials() {
  local log=$target/bill-of-materials.log
  [[ ! -f $target/quarkus-app/bom.json ]] || return 0
  say "Listing the libraries."
  (cd "$root" && ./mvnw -B -ntp io.quarkus:quarkus-maven-plugin:dependency-sbom@bill-of-materials) \
    >"$log" 2>&1 </dev/null || fail "the list of libraries was not written: see $log"
}

cut_runtime() { # folder
  local app=$target/quarkus-app modules
  modules=$("$JAVA_HOME/bin/jdeps" --print-module-deps --ignore-missing-deps --recursive --multi-release 25 \
    --class-path "$app/lib/main/*:$app/lib/boot/*" "$app"/app/*.jar)
  modules=$(tr , '\n' <<<"$modules" | grep -vxF "${MODULES_NOT_NEEDED//,/$'\n'}" | paste -sd,)
  # Not compressed: the archive does that better.
  "$JAVA_HOME/bin/jlink" --add-modules "$modules,$MODULES_LOOKED_UP" --strip-java-debug-attributes \
    --no-header-files --no-man-pages --compress zip-0 --output "$1"
}

# All files get the time of the commit: the cache knows the runtime by it.
fill_tree() { # tree, time
  local app=$target/quarkus-app
  cp -R "$root"/release/{licenses,banyan,java-options,help} "$root"/{docs,LICENSE,NOTICE,CHANGELOG.md} "$1"
  print_version >"$1/version"
  "$JAVA_HOME/bin/java" -cp "$app/lib/main/*" "$root/release/Stage.java" "$app" "$1" "$system" "$2"
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch -h -d "@$2" {} +
}

train_for_release() { # tree
  local JAVA_HOME=$1/runtime jar=$1/app/quarkus-run.jar cache=$1/banyan.aot
  train "$$" # for as long as it takes
  [[ -f $cache ]] || fail "there is no cache for fast starts"
  chmod 644 "$cache"
}

# ---- the check ------------------------------------------------------------------------------------------------------

# Unpacks the release next to nothing but a shell and four programs, and uses it. As root in a root folder of its own,
# with no library but the C library; else among the libraries of this machine.
check_release() {
  [[ -f $archive ]] || fail "there is no ${archive#"$root"/}; run ./banyan release first"
  room=$target/release-check
  unpacked=$room/banyan-$version
  inside=$room # the path of the room, seen from inside
  [[ $(id -u) != 0 ]] || inside=""
  # A JVM that has to use the cache doesn't start if it can't.
  java_options="-XX:AOTMode=on -Xlog:class+load:file=$inside/tmp/classes"
  log=$target/release-check.log
  trap stop_child EXIT
  (cd "$releases" && sha256sum --quiet --check SHA256SUMS)
  furnish_room
  tar --extract --gzip --file "$archive" --directory "$room" --no-same-owner
  check_contents
  check_own_server
  check_demo
  rm -rf "$room"
  say "The release works."
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

# This process becomes the command.
in_room() { # command of the release, words
  local -a command
  command=(env -i PATH="$inside/bin" BANYAN_RATE_LIMITS=off BANYAN_JAVA_OPTS="$java_options"
    "$inside/banyan-$version/banyan" "$@")
  if [[ -z $inside ]]; then
    command=(unshare --mount sh -c 'cd "$0" && mount --rbind /proc proc && mount --rbind /dev dev && exec chroot . "$@"'
      "$room" "${command[@]}")
  fi
  exec "${command[@]}"
}

does() { # command of the release, words
  (in_room "$@") >"$log" 2>&1 </dev/null
}

must() { # command of the release, words
  does "$@" || fail "banyan $* failed: see $log"
}

check_contents() {
  ! find "$unpacked/app" | grep -iE 'junit|assertj|archunit|playwright|zonky|jqwik|s3mock|keycloak' ||
    fail "there are libraries of tests"
  ! "$JAVA_HOME/bin/jar" --list --file "$unpacked"/app/app/banyan-*.jar | grep 'Test\.class$' || fail "there are tests"
  [[ $(in_room --version) == "$(print_version)" ]] || fail "--version is not the one of the sources"
  must help
}

check_own_server() {
  local started=${EPOCHREALTIME/./}
  start_in_room serve
  say "Ready after $(((${EPOCHREALTIME/./} - started) / 1000)) ms, on an empty folder."
  must_answer /login
  must_answer /healthz
  stop_in_room
  check_cache
}

# Of the server that was started last.
check_cache() {
  local loaded=$room/tmp/classes cached all java_options=$java_options
  all=$(grep -c ' dev\.banyan\.' "$loaded")
  cached=$(grep -c ' dev\.banyan\..* source: shared objects file' "$loaded")
  say "$cached of the $all classes of Banyan came from the cache."
  [[ $((cached * 10)) -gt $((all * 9)) ]] || fail "the cache knows too few classes"
  java_options+=" -XX:-UseCompactObjectHeaders"
  ! does audit verify || fail "a JVM that can't use the cache must not start here"
}

check_demo() {
  local started=${EPOCHREALTIME/./}
  start_in_room demo
  say "Ready after $(((${EPOCHREALTIME/./} - started) / 1000)) ms, with a sample agency."
  must_answer /openapi.json
  must_answer /clientbrand1
  # Draws a picture with typefaces.
  must_answer "$(answer_of /clientbrand1 | grep -o '/media/card/[^"]*' | head -n 1)"
  must_answer /admin/dashboard "$(patiently sign_in "$room/banyan-demo/demo.json" "$port")"
  must console -c list-servants
  must backup "$inside/backup.zip"
  must audit verify
  stop_in_room
  must restore "$inside/backup.zip" --data "$inside/restored"
  must doctor --data "$inside/restored"
}

start_in_room() { # serve or demo
  port=$(free_port)
  start_child "$target/release-check-server.log" in_room "$1" --port "$port"
  until [[ $(status_of "$port" /readyz) == 200 ]]; do
    child_runs || fail "banyan $1 did not start: see $target/release-check-server.log"
    sleep 0.1
  done
}

stop_in_room() {
  local code=0
  kill -TERM "$child"
  child_succeeded || code=$?
  [[ $code == 143 ]] || fail "the server ended with $code: see $target/release-check-server.log"
}

must_answer() { # path, token of a session or nothing
  local status
  status=$(patiently status_of "$port" "$@")
  [[ $status == 200 ]] || fail "$1 answers ${status:-nothing}"
}

# On a busy machine an answer may take longer than one try waits for it.
patiently() { # what prints an answer
  local tries said=""
  for ((tries = 0; tries < 12; tries++)); do
    said=$("$@")
    [[ -z $said ]] || break
  done
  printf '%s\n' "$said"
}

answer_of() { # path
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" "$port" >&3
    cat <&3
  )
}

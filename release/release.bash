# `./banyan release`: makes what can be installed out of the sources, in target/release; with --check, check.bash tries it
# out. Read by ./banyan, whose functions it uses. Why it is made like this: docs/decisions/0094 and 0100.

# Found by a name or as a service only: look-ups in DNS, Kerberos for PostgreSQL, archives as file systems.
MODULES_LOOKED_UP=jdk.naming.dns,jdk.security.auth,jdk.zipfs
# Named by classes that never run here: generators of code, and a terminal in a browser.
MODULES_NOT_NEEDED=jdk.compiler,jdk.httpserver
# What the image is made of and the package is tried in.
DEBIAN=bookworm

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
  package=$releases/banyan_${version}_$arch.deb
  image=$releases/banyan-$version-image.tar
  debian=$target/$DEBIAN.tar
  case ${1:-} in
    "")      source "$root/release/image.bash"; make_release ;;
    --check) source "$root/release/check.bash"; check_release "${2:-}" ;;
    *)       usage_error "\"release\" has no option \"$1\"" ;;
  esac
}

make_release() {
  local tree=$target/stage/banyan-$version time
  has dpkg-deb || fail "the package for Debian is made with dpkg-deb"
  ! can_make_image || make_debian
  time=$(time_of_sources)
  [[ $(sources_commit) != *-modified ]] || say "Some files differ from their commit: use this release for trials only."
  build_anew
  rm -rf "$target/stage" "$releases"
  mkdir -p "$tree" "$releases"
  write_bill_of_materials
  say "Cutting the Java runtime."
  cut_runtime "$tree/runtime"
  fill_tree "$tree" "$time"
  train_for_release "$tree"
  touch -d "@$time" "$tree" "$tree/banyan.aot"
  say "Packing."
  pack "$target/stage" "$time" "banyan-$version" --owner=0 --group=0 | gzip -9n >"$archive"
  make_package "$tree" "$time"
  if can_make_image; then
    make_image "$tree" "$time"
  else
    say "Without the image for containers: root makes it, with debootstrap."
  fi
  (cd "$releases" && sha256sum -- banyan* >SHA256SUMS && du -h -- banyan*) >&2
}

# Without what former builds left: a class whose source is gone would be released, too.
build_anew() {
  rm -rf "$target"/{classes,generated-sources,dependency-maven-plugin-markers}
  touch -d @0 "$target/.built"
  prepare
  ! is_stale || fail "only a fresh build is released"
}

# Seconds: of the commit, else the one in the pom.
time_of_sources() {
  if [[ -n $(sources_commit) ]]; then
    git -C "$root" log -1 --format=%ct
  else
    date +%s -d "$(sed -n 's:^ *<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$root/pom.xml")"
  fi
}

write_bill_of_materials() {
  local log=$target/bill-of-materials.log
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
  cp -R "$root"/release/{licenses,banyan,java-options,help} "$root"/{LICENSE,NOTICE,CHANGELOG.md} "$1"
  write_documents "$1/docs"
  print_version >"$1/version"
  "$JAVA_HOME/bin/java" -cp "$app/lib/main/*" "$root/release/Stage.java" "$app" "$1" "$system" "$2"
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch -h -d "@$2" {} +
}

# What a server shows at /docs, as files that need none.
write_documents() { # folder
  local log=$target/documents.log data=$target/documents port
  port=$(free_port)
  rm -rf "$data"
  say "Writing the documents."
  start_child "$log" "$JAVA_HOME/bin/java" -jar "$target/quarkus-app/quarkus-run.jar" serve --port "$port" --data "$data"
  until grep -q "Banyan is ready" "$log"; do
    child_runs || fail "the server with the documents did not start: see $log"
    sleep 0.2
  done
  "$JAVA_HOME/bin/java" "$root/release/StaticDocs.java" "http://127.0.0.1:$port" "$1" || fail "the documents were not written"
  stop_child
  rm -rf "$data"
}

train_for_release() { # tree
  local JAVA_HOME=$1/runtime jar=$1/app/quarkus-run.jar cache=$1/banyan.aot
  train "$$" # for as long as it takes
  [[ -f $cache ]] || fail "there is no cache for fast starts"
  chmod 644 "$cache"
}

pack() { # folder, time, what is in it, options of tar
  local folder=$1 time=$2 name=$3
  shift 3
  tar --create --directory="$folder" --sort=name --format=gnu --numeric-owner --mtime="@$time" "$@" "$name"
}

# The same tree in the places that Debian gives to a package. ../lib/banyan/installed tells the launcher.
make_package() { # tree, time
  local folder=$target/stage/package home
  home=$folder/usr/lib/banyan
  mkdir -p "$folder"/{DEBIAN,etc/banyan,usr/bin,usr/lib/systemd/system,usr/share/doc/banyan}
  cp -al "$1" "$home" # links: it is large
  rm "$home/help"
  sed 's:\./banyan:banyan:' "$1/help" >"$home/help"
  cp "$root/release/deb/installed" "$home/"
  ln -s ../lib/banyan/banyan "$folder/usr/bin/banyan"
  ln -s ../../../lib/banyan/THIRD-PARTY.txt "$folder/usr/share/doc/banyan/copyright"
  cp "$root/release/deb/banyan.properties" "$folder/etc/banyan/"
  cp "$root/release/deb/banyan-backup.timer" "$folder/usr/lib/systemd/system/"
  for unit in banyan.service banyan-backup.service; do
    cat "$root/release/deb/$unit" "$root/release/deb/hardening.conf" >"$folder/usr/lib/systemd/system/$unit"
  done
  cp "$root"/release/deb/{conffiles,postinst,prerm,postrm} "$folder/DEBIAN/"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -sk "$folder" | cut -f1)/" \
    "$root/release/deb/control" >"$folder/DEBIAN/control"
  (cd "$folder" && find etc usr -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 md5sum >DEBIAN/md5sums)
  chmod -R u=rwX,go=rX "$folder"
  chmod 750 "$folder/etc/banyan"
  chmod 640 "$folder/etc/banyan/banyan.properties"
  find "$folder" -exec touch -h -d "@$2" {} +
  SOURCE_DATE_EPOCH=$2 dpkg-deb --root-owner-group -Zxz --build "$folder" "$package" >/dev/null
}

can_make_image() {
  [[ $(id -u) == 0 && ( -f $debian || -n $(type -P debootstrap) ) ]]
}

# A small Debian as an archive, made once.
make_debian() {
  local log=$target/debootstrap.log folder=$target/debootstrap
  [[ ! -f $debian ]] || return 0
  has debootstrap || fail "a Debian to try the package in is made with debootstrap"
  say "Getting a Debian."
  mkdir -p "$target"
  rm -rf "$folder"
  debootstrap --variant=minbase "$DEBIAN" "$folder" >"$log" 2>&1 </dev/null || fail "debootstrap failed: see $log"
  tar --create --file "$debian.new" --directory "$folder" --numeric-owner .
  mv "$debian.new" "$debian"
  rm -rf "$folder"
}

# Makes the image for containers. Read by release.bash, whose functions it uses. Why it is made like this:
# docs/decisions/0101.

# Two layers, a small Debian and our files, in an archive that docker load, podman load and registries take.
make_image() { # tree, time
  local stage=$target/stage/image
  local blobs=$stage/image/blobs/sha256 config manifest
  local -a differences=() layers=()
  rm -rf "$stage"
  mkdir -p "$blobs" "$stage/base" "$stage/ours"/{data,usr/bin,usr/lib}
  lay_base "$stage/base"
  add_layer "$stage/base" "$2"
  cp -al "$1" "$stage/ours/usr/lib/banyan"
  cp "$root"/release/image/{healthy,installed} "$stage/ours/usr/lib/banyan/"
  rm "$stage/ours/usr/lib/banyan/help"
  sed 's:\./banyan:banyan:' "$1/help" >"$stage/ours/usr/lib/banyan/help"
  ln -s ../lib/banyan/banyan "$stage/ours/usr/bin/banyan"
  chown -R 0:0 "$stage/ours"
  chown 10001:10001 "$stage/ours/data"
  chmod 700 "$stage/ours/data"
  add_layer "$stage/ours" "$2"
  describe_image "$2" >"$stage/config"
  config=$(add_blob "$stage/config" application/vnd.oci.image.config.v1+json)
  printf '{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}' application/vnd.oci.image.manifest.v1+json \
    "$config" "$(IFS=,; echo "${layers[*]}")" >"$stage/manifest"
  manifest=$(add_blob "$stage/manifest" application/vnd.oci.image.manifest.v1+json)
  echo '{"imageLayoutVersion":"1.0.0"}' >"$stage/image/oci-layout"
  printf '{"schemaVersion":2,"manifests":[%s,"annotations":{"org.opencontainers.image.ref.name":"%s"}}]}\n' \
    "${manifest%\}}" "banyan:$version" >"$stage/image/index.json"
  # For versions of Docker that don't read the index.
  printf '[{"Config":"%s","RepoTags":["%s"],"Layers":[%s]}]\n' "$(blob_of "$config")" "banyan:$version" \
    "$(for layer in "${layers[@]}"; do printf '"%s"\n' "$(blob_of "$layer")"; done | paste -sd,)" \
    >"$stage/image/manifest.json"
  pack "$stage/image" "$2" . >"$image"
}

# As Debian's own small images, without what is for people and for apt-get only. Licenses stay.
lay_base() { # folder
  tar --extract --file "$debian" --directory "$1" --numeric-owner
  (cd "$1" && rm -rf dev/* var/cache/apt/* var/lib/apt/lists/* var/log/* \
    usr/share/{man,info,locale,lintian,bash-completion}/* && find usr/share/doc -type f ! -name copyright -delete)
  echo 'banyan:x:10001:10001::/data:/usr/sbin/nologin' >>"$1/etc/passwd"
  echo 'banyan:x:10001:' >>"$1/etc/group"
}

add_layer() { # folder, time
  local file=$target/stage/image/layer
  pack "$1" "$2" . >"$file.tar"
  differences+=("\"sha256:$(checksum "$file.tar")\"")
  gzip -9n <"$file.tar" >"$file"
  rm "$file.tar"
  layers+=("$(add_blob "$file" application/vnd.oci.image.layer.v1.tar+gzip)")
}

# Prints what a list says about it.
add_blob() { # file, media type
  local digest
  digest=$(checksum "$1")
  printf '{"mediaType":"%s","digest":"sha256:%s","size":%s}' "$2" "$digest" "$(stat -c %s "$1")"
  mv "$1" "$target/stage/image/image/blobs/sha256/$digest"
}

blob_of() { # what a list says about it
  sed 's:.*"sha256\:\([0-9a-f]*\)".*:blobs/sha256/\1:' <<<"$1"
}

checksum() { # file
  sha256sum <"$1" | cut -d' ' -f1
}

describe_image() { # time
  cat <<JSON
{"architecture": "$arch", "os": "linux", "created": "$(date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ)",
 "config": {
  "User": "10001:10001",
  "Env": ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "BANYAN_DATA=/data", "BANYAN_HOST=0.0.0.0", "SQLITE_TMPDIR=/data"],
  "Entrypoint": ["/usr/bin/banyan"],
  "Cmd": ["serve"],
  "Healthcheck": {"Test": ["CMD", "/usr/lib/banyan/healthy"],
   "Interval": 10000000000, "Timeout": 6000000000, "StartPeriod": 60000000000},
  "ExposedPorts": {"8080/tcp": {}}, "Volumes": {"/data": {}}, "WorkingDir": "/data",
  "Labels": {"org.opencontainers.image.title": "Banyan", "org.opencontainers.image.version": "$version",
   "org.opencontainers.image.revision": "$(sources_commit)", "org.opencontainers.image.licenses": "Apache-2.0"}},
 "rootfs": {"type": "layers", "diff_ids": [$(IFS=,; echo "${differences[*]}")]}}
JSON
}

#!/bin/sh
# Makes the secrets of compose.yaml in the folder secrets/ beside this file. Those that are there stay as they are: another
# credentials key opens nothing that the first one sealed.
set -eu
umask 022 # each file is mounted for a user of its container; the folder keeps all others out
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
cd secrets
[ -s credentials-key ] || openssl rand -base64 32 >credentials-key
[ -s postgres-password ] || openssl rand -hex 24 >postgres-password
[ -s database-password ] || openssl rand -hex 24 >database-password
[ -s database-url ] ||
  echo "jdbc:postgresql://database/banyan?user=banyan&password=$(cat database-password)" >database-url
echo "The secrets are in $(pwd). Without the credentials key, stored secrets can't be opened: save it with your backups."

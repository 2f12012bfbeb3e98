#!/bin/sh
# Runs once, when the database server is created: the role that Banyan uses. It owns its database and is no superuser, so
# that row-level security applies to it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/database-password)" --username postgres <<'SQL'
CREATE ROLE banyan LOGIN PASSWORD :'password';
CREATE DATABASE banyan OWNER banyan;
SQL

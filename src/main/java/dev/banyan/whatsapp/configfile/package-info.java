/// Reads, writes and watches `bots-config.json`, the file that mirrors an account's senders.
///
/// May call all rooms of senders but `api` and `board`. Begin with `ConfigImport` and `ConfigMirror`.
@NullMarked
package dev.banyan.whatsapp.configfile;

import org.jspecify.annotations.NullMarked;

package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.secrets.SentSecrets;

/// Where an operator wants the backups.
public sealed interface BackupPlace {

    /// @param path empty: the folder for backups in the data folder
    record Folder(Optional<Path> path) implements BackupPlace {}

    /// @param prefix of all keys: empty, or ends with a slash
    record Bucket(URI endpoint, String region, String name, String prefix, String accessKey, String sealedSecret)
            implements BackupPlace {

        /// Returns where the secret may be used.
        public String origin() {
            return SentSecrets.origin(endpoint);
        }
    }
}

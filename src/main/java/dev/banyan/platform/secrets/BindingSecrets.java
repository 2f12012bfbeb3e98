package dev.banyan.platform.secrets;

import module java.base;
import dev.banyan.platform.db.Database;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Binds secrets to their origin at the first start that knows origins, and after a backup from before was restored.
/// Until then they don't open. A secret that can't be opened stays as it is; the doctor tells of it.
@Singleton
record BindingSecrets(
        Database database, SentSecrets secrets, @All List<SecretsBefore> rooms) {

    /// Before anything calls a server outside.
    private static final int FIRST = 1;

    void started(@Observes @Priority(FIRST) StartupEvent event) {
        bind();
    }

    void bind() {
        List<SecretsBefore.Found> found = database.read(
                tx -> rooms.stream().flatMap(room -> room.found(tx).stream()).toList());
        if (found.isEmpty()) {
            return;
        }
        long bound = found.stream().filter(this::bind).count();
        Log.infof("%d of %d stored secrets were bound to the addresses they are used at", bound, found.size());
    }

    private boolean bind(SecretsBefore.Found one) {
        return secrets.bind(one.kind(), one.sealed(), one.former(), one.purpose(), one.origin())
                .map(resealed -> database.write(tx -> {
                    one.replacing().with(tx, resealed);
                    return true;
                }))
                .orElse(false);
    }
}

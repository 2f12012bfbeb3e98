package dev.banyan.commands;

import module java.base;
import dev.banyan.accounts.sso.MemberSsoSetup;
import dev.banyan.platform.backup.BackupPlans;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.proxies.Proxies;
import dev.banyan.workspaces.assistant.Assistants;
import dev.banyan.workspaces.mail.WorkspaceMails;
import dev.banyan.workspaces.sso.SsoSetup;

/// Checks that the key for the encrypted values in the database is present.
final class SecretsCheck {

    private SecretsCheck() {}

    static List<Finding> of(Database database, Settings settings) {
        List<String> sealed = Stream.of(
                        Assistants.sealedKeys(database),
                        Connections.sealed(database),
                        Proxies.sealedPasswords(database),
                        Endpoints.sealed(database),
                        SsoSetup.sealed(database),
                        WorkspaceMails.sealed(database),
                        ServerMail.sealed(database),
                        BackupPlans.sealed(database),
                        MemberSsoSetup.sealed(database))
                .flatMap(List::stream)
                .toList();
        if (sealed.isEmpty()) {
            return List.of();
        }
        String where = settings.credentialsKey().isPresent()
                ? "BANYAN_CREDENTIALS_KEY"
                : settings.data().resolve(DataFolder.CREDENTIALS_KEY).toString();
        try {
            long lost = SealedSecrets.lost(settings, sealed);
            return List.of(
                    lost == 0
                            ? Finding.good("Stored secrets can be opened (" + sealed.size() + ")")
                            : Finding.problem(
                                    lost + " of " + sealed.size() + " stored secrets cannot be opened: the key is"
                                            + " not in " + where + "; restore the key, or enter these secrets again"));
        } catch (IllegalStateException | java.io.UncheckedIOException failure) {
            return List.of(Finding.problem(failure.getMessage() + "; restore the right key"));
        }
    }
}

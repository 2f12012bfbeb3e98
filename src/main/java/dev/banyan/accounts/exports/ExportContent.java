package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Writes the archive of an export: an account after the other, each as it is at one moment. No more than a page, or a
/// few short links, is in memory at a time.
@Singleton
final class ExportContent {

    private static final int AT_ONCE = 200;

    /// What the fields of `account.json` are called.
    static final List<SubAccountField> FIELDS = List.of(SubAccountField.values());

    private final Database database;
    private final List<AccountPart> parts;
    private final Settings settings;
    private final Clock clock;

    ExportContent(Database database, @All List<AccountPart> parts, Settings settings, Clock clock) {
        this.database = database;
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(AccountPart::order))
                .toList();
        this.settings = settings;
        this.clock = clock;
    }

    /// @param progress in percent, after each account; may throw to end the work
    /// @return false if the account doesn't exist any more
    boolean write(AccountExport export, Path to, IntConsumer progress) throws IOException {
        List<AccountId> accounts = database.read(tx -> accounts(tx, export));
        if (accounts.isEmpty()) {
            return false;
        }
        try (var archive = new ArchiveWriter(to)) {
            archive.entry("README.md", out -> out.write(readme(export).getBytes(StandardCharsets.UTF_8)));
            var contents = new ArrayList<ArchiveManifest.Content>();
            for (int i = 0; i < accounts.size(); i++) {
                write(export.tenant(), accounts.get(i), archive).ifPresent(contents::add);
                progress.accept((i + 1) * 99 / accounts.size());
            }
            var manifest = new ArchiveManifest(
                    ArchiveManifest.FORMAT,
                    ArchiveManifest.KIND,
                    clock.instant().toString(),
                    settings.baseUrl(),
                    contents,
                    archive.entries());
            archive.entry(
                    ArchiveManifest.ENTRY,
                    out -> out.write(
                            ExportFolder.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest)));
            return !contents.isEmpty();
        }
    }

    private static List<AccountId> accounts(Tx tx, AccountExport export) {
        var accounts = new ArrayList<AccountId>();
        accounts.add(export.account());
        if (export.whole()) {
            var store = new SubAccountStore(tx);
            Optional<AccountId> after = Optional.empty();
            List<SubAccountStore.Row> some;
            do {
                some = store.list(export.tenant(), SubAccountQuery.newest("", after, AT_ONCE));
                some.forEach(row -> accounts.add(row.account().id()));
                after = some.isEmpty()
                        ? Optional.empty()
                        : Optional.of(some.getLast().account().id());
            } while (some.size() == AT_ONCE);
        }
        return List.copyOf(accounts);
    }

    /// Writes the content of one account; empty if it was deleted meanwhile.
    private Optional<ArchiveManifest.Content> write(AccountId tenant, AccountId id, ArchiveWriter archive) {
        record Written(Account account, ExportFolder folder) {}
        Optional<Written> written = database.read(tenant, tx -> {
            Optional<Account> found = id.equals(tenant)
                    ? new AccountStore(tx).find(tenant)
                    : new SubAccountStore(tx)
                            .find(tenant, id)
                            .map(SubAccountStore.Row::account)
                            .filter(account -> account.status() != AccountStatus.DELETED);
            return found.map(account -> {
                var folder = new ExportFolder(archive, account.username());
                folder.json("account.json", described(tx, account));
                parts.forEach(part -> part.write(tx, account.owner(), folder));
                return new Written(account, folder);
            });
        });
        return written.map(one -> {
            one.folder().finish();
            return new ArchiveManifest.Content(
                    one.account().username(),
                    one.account().isSubAccount() ? "brand" : "account",
                    one.account().displayName(),
                    one.folder().counts());
        });
    }

    private static Map<String, Object> described(Tx tx, Account account) {
        SubAccountFields fields = account.isSubAccount()
                ? new SubAccountStore(tx)
                        .find(account.owner().tenant(), account.id())
                        .orElseThrow()
                        .details()
                        .fields()
                : SubAccountFields.NONE
                        .with(SubAccountField.DISPLAY_NAME, account.displayName())
                        .with(SubAccountField.BIO, account.bio())
                        .with(
                                SubAccountField.LANGUAGE,
                                Optional.ofNullable(new AccountStore(tx)
                                                .languages(account.owner())
                                                .get(account.id()))
                                        .map(spoken -> spoken.code));
        var described = new LinkedHashMap<String, Object>();
        described.put("username", account.username());
        described.put("createdAt", account.createdAt().toString());
        FIELDS.forEach(field -> fields.of(field).ifPresent(text -> described.put(field.key(), text)));
        return described;
    }

    private String readme(AccountExport export) {
        return """
                # Export of %s

                Written on %s by %s.

                This archive has a folder for each account, named by its username, with these files:

                | file | content |
                |---|---|
                | `account.json` | names and notes |
                | `pages.json` | pages with their links, groups, looks and “message us” buttons |
                | `icons.json` | social icons |
                | `pictures.json`, `pictures/` | the pictures and videos that pages show |
                | `short-links.json` | short links with their rules |
                | `analytics/days.csv` | visits per day, of all pages, each page, all short links and each of them |
                | `workspaces.json`, `workspaces/` | workspaces, each an archive that “Import workspace” reads |

                `manifest.json` lists every file with its size and its SHA-256, and says how much there is of what.

                It contains the codes of locked links and the hashes of the passwords of short links, because without
                them the copies would be open to everyone. It contains no passwords or keys of people, workspaces,
                WhatsApp connections or webhooks. Keep it as safe as the account itself.

                Import a brand from it on any Banyan server: open Brands, then “Import a brand”. The format is described
                in docs/exports.md of Banyan.
                """.formatted(export.username(), clock.instant(), settings.baseUrl());
    }
}

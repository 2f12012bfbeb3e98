package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.accounts.exports.AccountExport.State;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.RemovedFileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.LongTask;
import jakarta.inject.Singleton;

/// Exports of brands and whole accounts: asking for one, seeing how far it is, downloading and deleting it. Only owners
/// may, and only as themselves: an archive has all that the account has, so an API key gets none.
///
/// All operations act for the context's root account. `ExportJob` makes the files.
@Singleton
record Exports(Database database, FileStore files, RateLimits limits, Audit audit, Clock clock, Uuids uuids)
        implements Expiring, AccountContents, LongTaskSource {

    static final Duration KEPT = Duration.ofDays(7);
    /// How many may be unfinished at the same time.
    static final int MOST_AT_ONCE = 3;

    private static final int LISTED = 100;
    private static final int FORGOTTEN_AT_ONCE = 200;

    private static final String TASK = "export-";

    private record Asked(AccountId tenant, Set<String> asked) {}

    /// A finished export.
    record Download(AccountExport export, StoredFile file) {}

    static boolean isAllowed(AccountContext context) {
        return context.membership().isOwner() && context.isInPerson();
    }

    /// Asks for an export.
    ///
    /// @param brand its id or username; empty exports the whole account
    Outcome<AccountExport> request(AccountContext context, Optional<String> brand) {
        if (!isAllowed(context)) {
            return Outcome.forbidden();
        }
        AccountId tenant = context.root().id();
        Optional<Account> found = database.read(tx -> account(tx, context, brand));
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        if (database.read(tx -> new ExportStore(tx).unfinished(tenant)) >= MOST_AT_ONCE) {
            return Outcome.refused(new Refusal.LimitReached(MOST_AT_ONCE, MOST_AT_ONCE));
        }
        Optional<Duration> wait = limits.take(RateLimit.EXPORTS_BY_ACCOUNT, tenant.toString());
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.TooMany(wait.get()));
        }
        return database.write(tx -> {
            // Locked until the commit, so that the limit holds.
            new AccountStore(tx).lock(tenant);
            var store = new ExportStore(tx);
            int unfinished = store.unfinished(tenant);
            if (unfinished >= MOST_AT_ONCE) {
                return Outcome.refused(new Refusal.LimitReached(unfinished, MOST_AT_ONCE));
            }
            AccountExport export = waiting(context, found.get(), brand.isEmpty());
            store.insert(tenant, export);
            audit.note(
                    tx,
                    context.actor(),
                    found.get().owner(),
                    "AccountExportRequested",
                    export.id().toString(),
                    Map.of("username", export.username()));
            return Outcome.done(export);
        });
    }

    private AccountExport waiting(AccountContext context, Account account, boolean whole) {
        Instant now = clock.instant();
        return new AccountExport(
                uuids.next(),
                context.root().id(),
                account.id(),
                account.username(),
                whole,
                State.WAITING,
                0,
                0,
                context.identity(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                Optional.empty(),
                now.plus(KEPT));
    }

    /// Returns true if the account has this brand, or none is named.
    boolean knows(AccountContext context, String brand) {
        return brand.isBlank()
                || database.read(
                        tx -> account(tx, context, Optional.of(brand.strip())).isPresent());
    }

    private static Optional<Account> account(Tx tx, AccountContext context, Optional<String> brand) {
        return brand.isEmpty()
                ? Optional.of(context.root())
                : new SubAccountStore(tx)
                        .findNamed(context.root().id(), brand.get())
                        .map(SubAccountStore.Row::account)
                        .filter(account -> account.status() != AccountStatus.DELETED);
    }

    /// Returns the exports that are kept, the newest first.
    Outcome<List<AccountExport>> list(AccountContext context) {
        Instant now = clock.instant();
        return isAllowed(context)
                ? Outcome.done(database.read(tx -> new ExportStore(tx)
                        .list(context.root().id(), LISTED).stream()
                                .filter(export -> export.expiresAt().isAfter(now))
                                .toList()))
                : Outcome.forbidden();
    }

    @Override
    public List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return isAllowed(root)
                ? tx.once(
                        new Asked(root.root().id(), asked),
                        all -> new ExportStore(tx)
                                .unfinishedOr(all.tenant(), LongTask.rows(all.asked(), TASK)).stream()
                                        .map(Exports::task)
                                        .toList())
                : List.of();
    }

    private static LongTask task(AccountExport export) {
        LongTask.State state = switch (export.state()) {
            case WAITING, RUNNING -> LongTask.State.RUNNING;
            case READY -> LongTask.State.DONE;
            case FAILED -> LongTask.State.FAILED;
        };
        return new LongTask(
                TASK + export.id(),
                "Export of " + export.username(),
                state,
                export.progress(),
                100,
                export.state() == State.WAITING ? "Waiting" : export.progress() + "%",
                "/admin/export");
    }

    Outcome<AccountExport> find(AccountContext context, UUID id) {
        return isAllowed(context)
                ? database.read(tx -> new ExportStore(tx)
                                .find(context.root().id(), id)
                                .filter(export -> export.expiresAt().isAfter(clock.instant())))
                        .<Outcome<AccountExport>>map(Outcome::done)
                        .orElseGet(Outcome::notFound)
                : Outcome.forbidden();
    }

    /// Opens the file of a finished export, and notes who took it.
    Outcome<Download> download(AccountContext context, UUID id) {
        return find(context, id).then(export -> {
            Optional<StoredFile> file = export.path().flatMap(files::find);
            if (file.isEmpty()) {
                return Outcome.rejected(new Invalid("exportId", "This export isn't ready", "This export isn’t ready."));
            }
            database.write(tx -> {
                audit.note(
                        tx,
                        context.actor(),
                        context.root().owner(),
                        "AccountExportDownloaded",
                        id.toString(),
                        Map.of("username", export.username()));
                return export;
            });
            return Outcome.done(new Download(export, file.get()));
        });
    }

    /// Deletes an export with its file; an unfinished one is not finished.
    Outcome<AccountExport> delete(AccountContext context, UUID id) {
        return find(context, id)
                .then(export -> database.write(tx -> {
                    remove(tx, export);
                    audit.note(
                            tx,
                            context.actor(),
                            context.root().owner(),
                            "AccountExportDeleted",
                            id.toString(),
                            Map.of("username", export.username()));
                    return Outcome.done(export);
                }));
    }

    private void remove(Tx tx, AccountExport export) {
        new ExportStore(tx).delete(export.tenant(), export.id());
        export.path().ifPresent(path -> new RemovedFileStore(tx).add(path, clock.instant()));
    }

    @Override
    public int forgetExpired() {
        Instant now = clock.instant();
        List<AccountExport> expired = database.read(tx -> new ExportStore(tx).expired(now, FORGOTTEN_AT_ONCE));
        if (expired.isEmpty()) {
            return 0;
        }
        return database.write(tx -> {
            expired.forEach(export -> remove(tx, export));
            return expired.size();
        });
    }

    @Override
    public long clicks(Tx tx, Owner owner) {
        return 0;
    }

    /// Deletes the exports of an erased brand.
    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        List<AccountExport> some = new ExportStore(tx).of(owner, most);
        some.forEach(export -> remove(tx, export));
        return some.size();
    }
}

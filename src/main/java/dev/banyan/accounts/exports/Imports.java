package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.SubAccountChanges;
import dev.banyan.accounts.brands.SubAccountChanges.Updated;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.brands.SubAccounts.Created;
import dev.banyan.accounts.brands.SubAccounts.NameCheck;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.accounts.exports.AccountPart.Prepared;
import dev.banyan.accounts.exports.AccountPart.Taken;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.LongTask;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Creates a brand from an archive, or adds its content to one, with new ids. All rows are written in one transaction,
/// or none; files are copied before it. A dry run does the same, and then undoes it, so that it finds what the import
/// would find.
@Singleton
public final class Imports implements LongTaskSource {

    /// @param folder the account in the archive; needed if there are several
    /// @param username of the new brand; empty takes it from the archive
    /// @param displayName of the new brand; empty takes it from the archive
    /// @param into a brand that gets the content, by its id or username; empty creates one
    record Wish(
            Optional<String> folder,
            Optional<String> username,
            Optional<String> displayName,
            Optional<String> into,
            boolean dryRun) {}

    /// The result of an import.
    sealed interface Imported {

        /// @param dryRun nothing was written; the result is a preview
        /// @param counts by what is counted, such as `links`
        /// @param notes full sentences about what is different now
        record Done(
                SubAccount subAccount,
                Map<String, Long> counts,
                List<LeftOut> leftOut,
                List<String> notes,
                boolean dryRun)
                implements Imported {}

        /// The archive can't be used.
        record Broken(String why) implements Imported {}

        /// The archive has several accounts, or none of this name.
        record ChooseOne(List<String> folders) implements Imported {}

        /// @param free similar names that are available
        record NameTaken(String username, List<String> free) implements Imported {}

        /// There is no brand that can be created or changed.
        record Refused(Refusal refusal) implements Imported {}

        /// The brand that would get the content is suspended.
        record Suspended() implements Imported {}

        /// Another import is running on this server; each one needs memory and disk space.
        record Busy() implements Imported {}
    }

    private final SubAccounts subAccounts;
    private final SubAccountChanges changes;
    private final List<AccountPart> parts;
    private final Settings settings;
    private final Audit audit;
    private final Uuids uuids;
    private final Semaphore atOnce = new Semaphore(1);
    private final AtomicReference<Optional<Latest>> latest = new AtomicReference<>(Optional.empty());

    /// The import that this server makes, or made last.
    private record Latest(AccountId tenant, IdentityId person, UUID id, LongTask.State state) {

        Latest over(boolean done) {
            return new Latest(tenant, person, id, done ? LongTask.State.DONE : LongTask.State.FAILED);
        }

        LongTask task() {
            return LongTask.endless("import-" + id, "Import of a brand", state, "Copying", "/admin/brands/import");
        }
    }

    Imports(
            SubAccounts subAccounts,
            SubAccountChanges changes,
            @All List<AccountPart> parts,
            Settings settings,
            Audit audit,
            Uuids uuids) {
        this.subAccounts = subAccounts;
        this.changes = changes;
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(AccountPart::order))
                .toList();
        this.settings = settings;
        this.audit = audit;
        this.uuids = uuids;
    }

    Imported run(AccountContext context, Path archive, Wish wish) {
        // Asked before a file is read: those who may create no brand import none.
        if (!atOnce.tryAcquire()) {
            return new Imported.Busy();
        }
        var now = new Latest(context.root().id(), context.identity(), uuids.next(), LongTask.State.RUNNING);
        boolean done = false;
        latest.set(Optional.of(now));
        try (var file = ImportArchive.open(archive)) {
            Imported imported = run(context, file, wish);
            done = imported instanceof Imported.Done;
            return imported;
        } catch (UnusableArchive bad) {
            return new Imported.Broken(bad.why());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            latest.set(Optional.of(now.over(done)));
            atOnce.release();
        }
    }

    /// Whose import it is sees it in their other windows.
    @Override
    public List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return latest
                .get()
                .filter(one ->
                        one.tenant().equals(root.root().id()) && one.person().equals(root.identity()))
                .map(Latest::task)
                .stream()
                .toList();
    }

    private Imported run(AccountContext context, ImportArchive archive, Wish wish) throws UnusableArchive, IOException {
        List<String> folders = archive.manifest().accounts().stream()
                .map(ArchiveManifest.Content::folder)
                .toList();
        Optional<String> folder = wish.folder()
                .map(String::strip)
                .or(() -> Optional.of(folders).filter(all -> all.size() == 1).map(List::getFirst))
                .filter(folders::contains);
        if (folder.isEmpty()) {
            return new Imported.ChooseOne(folders);
        }
        var from = new ImportFolder(archive, folder.get(), settings.temporaryFolder());
        if (wish.into().isPresent()) {
            return add(context, wish.into().get(), from, wish.dryRun());
        }
        NewSubAccount wanted = wanted(from, wish);
        // Asked before any file is copied; the creation decides.
        if (subAccounts.check(context, wanted.username()) instanceof NameCheck.Taken(String name, List<String> free)) {
            return new Imported.NameTaken(name, free);
        }
        return create(context, wanted, from, wish.dryRun());
    }

    private static NewSubAccount wanted(ImportFolder from, Wish wish) throws UnusableArchive {
        JsonNode account = from.json("account.json");
        SubAccountFields fields = SubAccountFields.NONE;
        for (SubAccountField field : ExportContent.FIELDS) {
            JsonNode text = account.path(field.key());
            if (text.isTextual()) {
                fields = fields.with(field, text.asText());
            }
        }
        String username = wish.username()
                .filter(typed -> !typed.isBlank())
                .orElse(account.path("username").asText(""));
        Optional<String> name = wish.displayName().filter(typed -> !typed.isBlank());
        return new NewSubAccount(username, fields.with(SubAccountField.DISPLAY_NAME, name));
    }

    private Imported create(AccountContext context, NewSubAccount wanted, ImportFolder from, boolean dryRun)
            throws UnusableArchive {
        var to = new Owner(context.root().id(), uuids.nextAccountId());
        return bring(context, to, from, dryRun, start -> switch (subAccounts.create(
                context, to.account(), wanted, start)) {
            case Created.Done(SubAccount subAccount) -> new Brought.Done(subAccount);
            case Created.NameTaken(List<String> free) ->
                new Brought.Refused(new Imported.NameTaken(wanted.username(), free));
            case Created.Refused(Refusal refusal) -> new Brought.Refused(new Imported.Refused(refusal));
        });
    }

    private Imported add(AccountContext context, String idOrName, ImportFolder from, boolean dryRun)
            throws UnusableArchive {
        Optional<SubAccount> found = subAccounts.find(context, idOrName).map(SubAccounts.Described::subAccount);
        if (found.isEmpty()) {
            return new Imported.Refused(new Refusal.NotFound());
        }
        Owner to = found.get().account().owner();
        return bring(context, to, from, dryRun, start -> switch (changes.add(
                context, to.account().toString(), start)) {
            case Updated.Done(SubAccount subAccount) -> new Brought.Done(subAccount);
            case Updated.Suspended _ -> new Brought.Refused(new Imported.Suspended());
            case Updated.Refused(Refusal refusal) -> new Brought.Refused(new Imported.Refused(refusal));
        });
    }

    /// Whether there was a brand for the content.
    private sealed interface Brought {
        record Done(SubAccount subAccount) implements Brought {}

        record Refused(Imported why) implements Brought {}
    }

    private Imported bring(
            AccountContext context,
            Owner to,
            ImportFolder from,
            boolean dryRun,
            Function<SubAccounts.Start, Brought> transaction)
            throws UnusableArchive {
        var prepared = new ArrayList<Prepared>();
        boolean committed = false;
        try {
            for (AccountPart part : parts) {
                prepared.add(part.prepare(to, from));
            }
            var ids = new ImportedIds();
            var taken = new ArrayList<Taken>();
            Brought brought = transaction.apply((tx, account) -> {
                taken.clear(); // a database may ask for a second try
                ids.clear();
                prepared.forEach(part -> taken.add(part.take(tx, context.actor(), account, ids)));
                audit.note(tx, context.actor(), account, "SubAccountImported", Map.of("username", account.username()));
                if (dryRun) {
                    tx.undone(account);
                }
            });
            committed = brought instanceof Brought.Done && !dryRun;
            if (committed && brought instanceof Brought.Done(SubAccount subAccount)) {
                AccountContext brand = context.of(subAccount.account());
                prepared.forEach(part -> taken.add(part.finish(brand)));
            }
            return switch (brought) {
                case Brought.Done(SubAccount subAccount) -> done(subAccount, taken, dryRun);
                case Brought.Refused(Imported why) -> why;
            };
        } finally {
            boolean kept = committed;
            prepared.forEach(part -> part.close(kept));
        }
    }

    private static Imported done(SubAccount subAccount, List<Taken> taken, boolean dryRun) {
        var counts = new TreeMap<String, Long>();
        var leftOut = new EnumMap<LeftOut.Kind, Long>(LeftOut.Kind.class);
        var notes = new ArrayList<String>();
        for (Taken one : taken) {
            one.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
            one.leftOut().forEach(left -> leftOut.merge(left.kind(), left.count(), Long::sum));
            notes.addAll(one.notes());
        }
        return new Imported.Done(subAccount, counts, LeftOut.of(leftOut), List.copyOf(notes), dryRun);
    }
}

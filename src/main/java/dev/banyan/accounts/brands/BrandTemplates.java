package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// The saved templates of an agency. All operations act for the context's root account, which also keeps the pictures.
@Singleton
public record BrandTemplates(
        Database database, @All List<BrandContent> contents, Audit audit, Clock clock, Uuids uuids) {

    public static final int MOST = 100;

    private static final Text NAME = Text.line("name", "Name", 100);
    private static final int LONGEST = 500_000;

    /// The result of saving a template.
    public sealed interface Saved {

        record Done(BrandTemplate template, List<LeftOut> leftOut) implements Saved {}

        /// The brand is unknown, deleted or managed by another agency.
        record NotFound() implements Saved {}

        record NameTaken() implements Saved {}

        /// The account has as many templates as it may have.
        record Full() implements Saved {}

        record TooLarge() implements Saved {}

        record Rejected(Invalid invalid) implements Saved {}
    }

    /// The result of renaming a template.
    public sealed interface Renamed {

        record Done() implements Renamed {}

        record NotFound() implements Renamed {}

        record NameTaken() implements Renamed {}

        record Rejected(Invalid invalid) implements Renamed {}
    }

    public List<BrandTemplate> list(AccountContext context) {
        return database.read(
                tx -> new BrandTemplateStore(tx).list(context.root().id()));
    }

    Optional<BrandTemplate> find(AccountContext context, String id) {
        return database.read(
                tx -> new BrandTemplateStore(tx).find(context.root().id(), id));
    }

    /// Returns what the last brand began with, as [StartChoices] write it.
    Optional<String> lastStart(AccountContext context) {
        return database.read(
                tx -> new BrandTemplateStore(tx).lastStart(context.root().id()));
    }

    void remember(AccountContext context, String start) {
        database.write(tx -> {
            new BrandTemplateStore(tx).setLastStart(context.root().id(), start);
            return start;
        });
    }

    /// Returns the snapshots with this content in all templates of an account, to find the files that they name.
    public static List<String> snapshots(Tx tx, AccountId tenant, String content) {
        return new BrandTemplateStore(tx).documents(tenant, content);
    }

    /// Finds the account that a template or a new brand is made from: a brand that is not deleted, or the agency.
    static Optional<Account> source(Tx tx, AccountContext context, String idOrName) {
        Account root = context.root();
        return Accounts.isNamed(tx, root, idOrName)
                ? Optional.of(root)
                : new SubAccountStore(tx)
                        .findNamed(root.id(), idOrName.strip())
                        .map(SubAccountStore.Row::account)
                        .filter(account -> account.status() != AccountStatus.DELETED);
    }

    /// @param idOrName the brand, or the agency itself
    public Saved save(AccountContext context, String idOrName, String name, Set<BrandPart> parts) {
        Optional<Invalid> invalid = NAME.broken(name);
        if (invalid.isPresent()) {
            return new Saved.Rejected(invalid.get());
        }
        Owner keeper = context.root().owner();
        var snapshots = new HashMap<String, String>();
        Optional<Account> source =
                database.read(tx -> source(tx, context, idOrName).map(account -> {
                    contents.forEach(
                            content -> snapshots.put(content.key(), content.snapshot(tx, account.owner(), parts)));
                    return account;
                }));
        if (source.isEmpty()) {
            return new Saved.NotFound();
        }
        // Asked before any file is copied; the transaction decides.
        Optional<Saved> refused = database.read(tx -> isRefused(tx, context, name));
        if (refused.isPresent()) {
            return refused.get();
        }
        Map<String, BrandContent.Prepared> prepared = prepared(source.get().owner(), keeper, snapshots);
        boolean committed = false;
        try {
            Saved saved = database.write(tx -> save(tx, context, source.get(), Text.clean(name), parts, prepared));
            committed = saved instanceof Saved.Done;
            return saved;
        } finally {
            boolean kept = committed;
            prepared.values().forEach(content -> content.close(kept));
        }
    }

    private Map<String, BrandContent.Prepared> prepared(Owner from, Owner to, Map<String, String> snapshots) {
        var prepared = new HashMap<String, BrandContent.Prepared>();
        for (BrandContent content : contents) {
            if (content.prepare(from, to, snapshots.getOrDefault(content.key(), ""), Optional.empty())
                    instanceof BrandContent.Preparation.Ready(BrandContent.Prepared ready)) {
                prepared.put(content.key(), ready);
            }
        }
        return prepared;
    }

    private static Optional<Saved> isRefused(Tx tx, AccountContext context, String name) {
        AccountId tenant = context.root().id();
        var store = new BrandTemplateStore(tx);
        if (store.hasName(tenant, Text.clean(name))) {
            return Optional.of(new Saved.NameTaken());
        }
        return store.list(tenant).size() >= MOST ? Optional.of(new Saved.Full()) : Optional.empty();
    }

    private Saved save(
            Tx tx,
            AccountContext context,
            Account source,
            String name,
            Set<BrandPart> parts,
            Map<String, BrandContent.Prepared> prepared) {
        // Locked until the commit, so that the limit holds.
        AccountId tenant =
                new AccountStore(tx).lock(context.root().id()).orElseThrow().id();
        Optional<Saved> refused = isRefused(tx, context, name);
        if (refused.isPresent()) {
            return refused.get();
        }
        Instant now = clock.instant();
        var store = new BrandTemplateStore(tx);
        var template = new BrandTemplate(uuids.next().toString(), name, parts, source.username(), now);
        if (!store.insert(tenant, template, now)) {
            return new Saved.NameTaken();
        }
        var leftOut = new ArrayList<LeftOut>();
        for (Map.Entry<String, BrandContent.Prepared> content : prepared.entrySet()) {
            BrandContent.Kept kept = content.getValue().keep(tx);
            if (kept.snapshot().length() > LONGEST) {
                return tx.undone(new Saved.TooLarge());
            }
            store.insertContent(tenant, template.id(), content.getKey(), kept.snapshot());
            leftOut.addAll(kept.leftOut());
        }
        note(tx, context, "BrandTemplateSaved", template.id(), Map.of("name", name, "from", source.username()));
        return new Saved.Done(template, List.copyOf(leftOut));
    }

    public Renamed rename(AccountContext context, String id, String name) {
        Optional<Invalid> invalid = NAME.broken(name);
        if (invalid.isPresent()) {
            return new Renamed.Rejected(invalid.get());
        }
        return database.write(tx -> {
            // Locked until the commit, so that two don't take one name.
            AccountId tenant =
                    new AccountStore(tx).lock(context.root().id()).orElseThrow().id();
            var store = new BrandTemplateStore(tx);
            Optional<BrandTemplate> found = store.find(tenant, id);
            if (found.isEmpty()) {
                return new Renamed.NotFound();
            }
            if (found.get().name().equals(Text.clean(name))) {
                return new Renamed.Done();
            }
            if (store.hasName(tenant, Text.clean(name))) {
                return new Renamed.NameTaken();
            }
            store.rename(tenant, id, Text.clean(name), clock.instant());
            note(tx, context, "BrandTemplateRenamed", id, Map.of("name", Text.clean(name)));
            return new Renamed.Done();
        });
    }

    /// Deletes a template. Brands that began with it stay as they are; its pictures are deleted later, as all that
    /// nothing names.
    ///
    /// @return false if it is unknown
    public boolean delete(AccountContext context, String id) {
        return database.write(tx -> {
            var store = new BrandTemplateStore(tx);
            Optional<BrandTemplate> found = store.find(context.root().id(), id);
            found.ifPresent(template -> {
                store.delete(context.root().id(), id);
                note(tx, context, "BrandTemplateDeleted", id, Map.of("name", template.name()));
            });
            return found.isPresent();
        });
    }

    private void note(Tx tx, AccountContext context, String action, String id, Map<String, String> details) {
        audit.note(tx, context.actor(), context.root().owner(), action, id, details);
    }
}

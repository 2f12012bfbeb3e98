package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.brands.SubAccounts.Created;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Creates brands that begin with content: with a blank page, like another brand, or from a saved template. The brand
/// and its content are written in one transaction; files are copied before it.
@Singleton
public record BrandStarts(
        Database database, SubAccounts subAccounts, @All List<BrandContent> contents, Uuids uuids) {

    /// What a brand begins with.
    public sealed interface Source {

        /// Nothing, as in the seed.
        record Nothing() implements Source {}

        record BlankPage() implements Source {}

        /// A brand of the agency, or the agency itself, with all that can be copied.
        record OfBrand(String idOrName) implements Source {}

        record OfTemplate(String id) implements Source {}
    }

    /// The result of creating a brand.
    public sealed interface Started {

        /// @param opens the path of the page where work on it continues, without its query
        record Done(SubAccount subAccount, Optional<String> opens, List<LeftOut> leftOut) implements Started {}

        /// @param free similar names that are available
        record NameTaken(List<String> free) implements Started {}

        /// The brand to copy is unknown, deleted or managed by another agency.
        record BrandNotFound() implements Started {}

        record TemplateNotFound() implements Started {}

        /// @param why a full sentence for people
        record PictureRefused(String why) implements Started {}

        record Refused(Refusal refusal) implements Started {}
    }

    /// What a source stands for at this moment.
    ///
    /// @param owner the account that has the files
    private record Model(Owner owner, Map<String, String> snapshots) {}

    /// @param picture a profile picture for its pages
    public Started create(AccountContext context, NewSubAccount wanted, Source source, Optional<byte[]> picture) {
        Optional<Model> model = database.read(tx -> model(tx, context, source));
        if (model.isEmpty()) {
            return source instanceof Source.OfTemplate ? new Started.TemplateNotFound() : new Started.BrandNotFound();
        }
        // Asked before any file is copied; the creation decides.
        boolean copies = !model.get().snapshots().isEmpty();
        if (copies && subAccounts.check(context, wanted.username()) instanceof SubAccounts.NameCheck.Taken taken) {
            return new Started.NameTaken(taken.free());
        }
        AccountId id = uuids.nextAccountId();
        var prepared = new ArrayList<BrandContent.Prepared>();
        boolean committed = false;
        try {
            for (BrandContent content : contents) {
                Optional<String> snapshot = Optional.ofNullable(
                                model.get().snapshots().get(content.key()))
                        .filter(text -> !text.isEmpty());
                if (snapshot.isPresent()) {
                    switch (content.prepare(
                            model.get().owner(), new Owner(context.root().id(), id), snapshot.get(), picture)) {
                        case BrandContent.Preparation.Ready(BrandContent.Prepared ready) -> prepared.add(ready);
                        case BrandContent.Preparation.PictureRefused(String why) -> {
                            return new Started.PictureRefused(why);
                        }
                    }
                }
            }
            Started started = create(context, id, wanted, prepared);
            committed = started instanceof Started.Done;
            return started;
        } finally {
            boolean created = committed;
            prepared.forEach(content -> content.close(created));
        }
    }

    private Started create(
            AccountContext context, AccountId id, NewSubAccount wanted, List<BrandContent.Prepared> prepared) {
        var given = new ArrayList<BrandContent.Given>();
        Created created = subAccounts.create(context, id, wanted, (tx, account) -> {
            given.clear(); // a database may ask for a second try
            var names = new BrandNames(account.displayName(), account.username());
            prepared.forEach(content -> given.add(content.give(tx, context.actor(), names)));
        });
        return switch (created) {
            case Created.Done(SubAccount subAccount) ->
                new Started.Done(
                        subAccount,
                        given.stream().flatMap(one -> one.opens().stream()).findFirst(),
                        given.stream().flatMap(one -> one.leftOut().stream()).toList());
            case Created.NameTaken(List<String> free) -> new Started.NameTaken(free);
            case Created.Refused(Refusal refusal) -> new Started.Refused(refusal);
        };
    }

    private Optional<Model> model(Tx tx, AccountContext context, Source source) {
        Owner root = context.root().owner();
        return switch (source) {
            case Source.Nothing _ -> Optional.of(new Model(root, Map.of()));
            case Source.BlankPage _ ->
                Optional.of(new Model(
                        root, contents.stream().collect(Collectors.toMap(BrandContent::key, BrandContent::blank))));
            case Source.OfBrand(String idOrName) ->
                BrandTemplates.source(tx, context, idOrName)
                        .map(Account::owner)
                        .map(owner -> new Model(
                                owner,
                                contents.stream()
                                        .collect(Collectors.toMap(
                                                BrandContent::key,
                                                content -> content.snapshot(tx, owner, BrandPart.ALL)))));
            case Source.OfTemplate(String id) ->
                new BrandTemplateStore(tx)
                        .find(root.tenant(), id)
                        .map(template ->
                                new Model(root, new BrandTemplateStore(tx).contents(root.tenant(), template.id())));
        };
    }

    /// Returns a free username for a display name: its letters and digits, with a number if that is taken.
    public String usernameFor(AccountContext context, String displayName) {
        String derived = Names.usernameOf(displayName).orElse("brand");
        return switch (subAccounts.check(context, derived)) {
            case SubAccounts.NameCheck.Taken taken ->
                taken.free().stream().findFirst().orElse(derived);
            case SubAccounts.NameCheck.Free free -> free.username();
            case SubAccounts.NameCheck.Broken _ -> derived;
        };
    }
}

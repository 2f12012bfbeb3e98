package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageNews;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.PlanFlags;
import dev.banyan.pages.PlanLimit;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.SocialIconStore;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceReader;
import dev.banyan.themes.AppearanceStore;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Crop;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// The appearance of pages, and the social icons of their account. A change is applied as a whole or not at all;
/// pictures named by an address are fetched before, outside of any transaction.
@Singleton
public record Appearances(
        Database database, Quotas quotas, PlanFlags flags, Pictures pictures, PageNews news, Clock clock, Uuids uuids) {

    /// A page's appearance with related data.
    public record OnPage(Page page, Appearance look, List<SocialIcon> icons, Tier tier, boolean overLimit) {}

    /// The result of a change.
    sealed interface Changed {

        /// @param still fields with an animation of which only the first frame was kept
        record Done(OnPage now, List<String> still) implements Changed {}

        record PageNotFound() implements Changed {}

        record UnknownIcon(String id) implements Changed {}

        /// The tier lacks a feature that the change would start to use.
        record NotInTier(AppearanceTiers.Need need, Tier tier) implements Changed {}

        /// The page is beyond the plan's limit and can't be changed.
        record PageOverLimit(PlanLimit limit) implements Changed {}

        record Rejected(List<Invalid> invalid) implements Changed {}
    }

    /// A picture that was chosen, with the part of it to keep.
    record Upload(byte[] bytes, Crop crop) {}

    /// @param document the changes, in the form of the contract
    /// @param pictures to set, or to remove where there is no upload
    record AppearanceRequest(JsonNode document, List<IconStep> icons, Map<PictureUse, Optional<Upload>> pictures) {

        AppearanceRequest(JsonNode document, List<IconStep> icons) {
            this(document, icons, Map.of());
        }
    }

    /// An appearance after a change, or the reason why it is refused.
    private sealed interface Wished {

        record Good(Appearance look) implements Wished {}

        record Bad(Changed why) implements Wished {}
    }

    private interface Change {
        Wished of(OnPage before);
    }

    /// @param page empty for the default page
    public Optional<OnPage> find(AccountContext context, Optional<PageId> page) {
        Owner owner = context.owner();
        return database.read(tx -> {
            var pages = new PageStore(tx);
            Optional<Page> found = page.isPresent() ? pages.find(owner, page.get()) : pages.findDefault(owner);
            return found.map(one -> load(tx, owner, one));
        });
    }

    private OnPage load(Tx tx, Owner owner, Page page) {
        return new OnPage(
                page,
                new AppearanceStore(tx).find(owner, page.id().value()).orElse(Appearance.DEFAULT),
                new SocialIconStore(tx).list(owner),
                quotas.effectiveTier(tx, owner),
                flags.of(tx, owner).pages().contains(page.id()));
    }

    /// @param page empty for the default page
    Changed change(AccountContext context, Optional<PageId> page, AppearanceRequest wish) {
        Optional<OnPage> before = find(context, page);
        if (before.isEmpty()) {
            return new Changed.PageNotFound();
        }
        Wished first = wished(context, before.get(), wish.document(), planned(wish.pictures()));
        if (!(first instanceof Wished.Good(Appearance look))) {
            return first instanceof Wished.Bad bad ? bad.why() : new Changed.PageNotFound();
        }
        if (!wish.pictures().isEmpty() && before.get().overLimit()) {
            return database.read(tx -> overLimit(tx, context.owner()));
        }
        var still = new ArrayList<String>();
        var uploaded = new EnumMap<PictureUse, Optional<Picture>>(PictureUse.class);
        for (var entry : wish.pictures().entrySet()) {
            PictureUse use = entry.getKey();
            if (entry.getValue().isEmpty()) {
                uploaded.put(use, Optional.empty());
                continue;
            }
            Upload upload = entry.getValue().get();
            switch (pictures.upload(context, use, upload.bytes(), upload.crop())) {
                case Pictures.StoreResult.Done done -> {
                    uploaded.put(use, Optional.of(done.media()));
                    if (done.isStill()) {
                        still.add(use.key());
                    }
                }
                case Pictures.StoreResult.Refused refused -> {
                    return new Changed.Rejected(List.of(new Invalid(use.key(), refused.why())));
                }
            }
        }
        var copies = new HashMap<String, Picture>();
        for (Appearance.Missing missing : missing(look, wish.pictures().keySet())) {
            switch (pictures.fetch(context, missing.use(), missing.address())) {
                case Pictures.StoreResult.Done done -> {
                    copies.put(missing.field(), done.media());
                    if (done.isStill()) {
                        still.add(missing.field());
                    }
                }
                case Pictures.StoreResult.Refused refused -> {
                    return new Changed.Rejected(List.of(
                            new Invalid(missing.field(), missing.field() + ": " + refused.why(), refused.why())));
                }
            }
        }
        // Checked again in the transaction, because the page may have changed while pictures were fetched.
        Changed changed = write(context, before.get().page().id(), wish.icons(), now -> switch (wished(
                context, now, wish.document(), uploaded)) {
            case Wished.Good good -> new Wished.Good(filled(good.look(), copies));
            case Wished.Bad bad -> bad;
        });
        return changed instanceof Changed.Done done ? new Changed.Done(done.now(), List.copyOf(still)) : changed;
    }

    /// Returns the pictures as if they were stored, to check what the tier allows before anything is stored.
    private static Map<PictureUse, Optional<Picture>> planned(Map<PictureUse, Optional<Upload>> uploads) {
        var planned = new EnumMap<PictureUse, Optional<Picture>>(PictureUse.class);
        uploads.forEach((use, upload) -> planned.put(use, upload.map(_ -> new Picture(use.key(), use.key()))));
        return planned;
    }

    private static List<Appearance.Missing> missing(Appearance look, Set<PictureUse> uploaded) {
        return look.missing().stream()
                .filter(missing -> !uploaded.contains(missing.use()))
                .toList();
    }

    /// The effect of a change on a page.
    ///
    /// @param shown the page with the valid parts of the change; pictures that are not fetched yet are left out
    /// @param needs the tiers required beyond what the page uses already
    public record Drawn(OnPage shown, List<Invalid> invalid, List<AppearanceTiers.Need> needs) {}

    public Optional<Drawn> tryOut(AccountContext context, PageId page, JsonNode document) {
        return find(context, Optional.of(page)).map(before -> {
            AppearanceReader.Reading reading =
                    AppearanceReader.over(before.look(), withoutEcho(context, before, document));
            Appearance look = reading.invalid().isEmpty() ? reading.appearance() : before.look();
            return new Drawn(
                    new OnPage(before.page(), look, before.icons(), before.tier(), before.overLimit()),
                    reading.invalid(),
                    AppearanceTiers.newlyBeyond(before.look(), look, before.tier()).stream()
                            .toList());
        });
    }

    /// Changes the default page, for sample data.
    ///
    /// @param document the changes, in the form of the contract
    /// @param icons addresses of social icons by platform
    public boolean addSample(AccountContext context, JsonNode document, Map<String, String> icons) {
        List<IconStep> steps = icons.entrySet().stream()
                .<IconStep>map(icon -> new IconStep.Add(icon.getKey(), icon.getValue(), Optional.empty(), true))
                .toList();
        return change(context, Optional.empty(), new AppearanceRequest(document, steps)) instanceof Changed.Done;
    }

    private static Appearance filled(Appearance look, Map<String, Picture> copies) {
        Appearance filled = look;
        for (Appearance.Missing missing : look.missing()) {
            if (copies.containsKey(missing.field())) {
                filled = filled.with(missing.use(), Optional.of(copies.get(missing.field())));
            }
        }
        return filled;
    }

    private static Wished wished(
            AccountContext context, OnPage before, JsonNode document, Map<PictureUse, Optional<Picture>> pictures) {
        AppearanceReader.Reading reading = AppearanceReader.over(before.look(), withoutEcho(context, before, document));
        if (!reading.invalid().isEmpty()) {
            return new Wished.Bad(new Changed.Rejected(reading.invalid()));
        }
        Appearance look = reading.appearance();
        for (var picture : pictures.entrySet()) {
            look = look.with(picture.getKey(), picture.getValue());
        }
        return withinTier(before, look);
    }

    private static Wished withinTier(OnPage before, Appearance look) {
        return AppearanceTiers.newlyBeyond(before.look(), look, before.tier()).stream()
                .findFirst()
                .<Wished>map(need -> new Wished.Bad(new Changed.NotInTier(need, before.tier())))
                .orElseGet(() -> new Wished.Good(look));
    }

    /// Removes the account's name from the document: the API returns it for pages without a title, and clients send it
    /// back without having chosen it.
    private static JsonNode withoutEcho(AccountContext context, OnPage before, JsonNode document) {
        boolean echo = before.look().header().displayName().isEmpty()
                && document.path("header")
                        .path("displayName")
                        .asText("")
                        .equals(context.acting().displayName());
        if (!echo) {
            return document;
        }
        JsonNode copy = document.deepCopy();
        if (copy.path("header") instanceof ObjectNode header) {
            header.remove("displayName");
        }
        return copy;
    }

    private Changed overLimit(Tx tx, Owner owner) {
        return new Changed.PageOverLimit(PlanLimit.ofPages(tx, quotas, owner));
    }

    private Changed write(AccountContext context, PageId id, List<IconStep> steps, Change change) {
        return database.write(tx -> {
            Owner owner = context.owner();
            Optional<OnPage> locked = new PageStore(tx).lock(owner, id).map(page -> load(tx, owner, page));
            if (locked.isEmpty()) {
                return new Changed.PageNotFound();
            }
            if (locked.get().overLimit()) {
                return overLimit(tx, owner);
            }
            return switch (change.of(locked.get())) {
                case Wished.Bad bad -> bad.why();
                case Wished.Good good -> save(tx, context, locked.get(), good.look(), steps);
            };
        });
    }

    private Changed save(Tx tx, AccountContext context, OnPage before, Appearance look, List<IconStep> steps) {
        Owner owner = context.owner();
        var batch = new IconBatch(before.icons(), uuids);
        for (int i = 0; i < steps.size(); i++) {
            switch (batch.apply(steps.get(i))) {
                case IconBatch.Stepped.Done _ -> {
                    // continue with the next one
                }
                case IconBatch.Stepped.NotFound _ -> {
                    return new Changed.UnknownIcon("socialIcons[" + i + "]");
                }
                case IconBatch.Stepped.Rejected rejected -> {
                    Invalid invalid = rejected.invalid();
                    String field = "socialIcons[" + i + "]." + invalid.field();
                    return new Changed.Rejected(List.of(new Invalid(
                            field, "socialIcons[" + i + "]: " + invalid.apiMessage(), invalid.userMessage())));
                }
            }
        }
        Instant now = clock.instant();
        if (!look.equals(before.look())) {
            new AppearanceStore(tx).save(owner, before.page().id().value(), look, now);
        }
        var store = new SocialIconStore(tx);
        batch.icons().removed().forEach(icon -> store.delete(owner, icon.id()));
        batch.icons().updated().forEach(icon -> store.update(owner, icon, now));
        batch.icons().added().forEach(icon -> store.insert(owner, icon, now));
        news.changed(
                tx,
                context,
                "AppearanceUpdated",
                before.page().id(),
                Map.of("theme", look.theme().label()));
        return new Changed.Done(load(tx, owner, before.page()), List.of());
    }
}

package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.accounts.context.AccountPictures;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceStore;
import dev.banyan.themes.Picture;
import jakarta.inject.Singleton;

/// The profile picture of an account's default page is the account's.
@Singleton
final class DefaultPagePicture implements AccountPictures {

    @Override
    public Optional<String> path(Tx tx, Owner owner) {
        return new PageStore(tx)
                .findDefault(owner)
                .flatMap(page -> new AppearanceStore(tx).find(owner, page.id().value()))
                .flatMap(Appearance::profileImage)
                .filter(Picture::isHere)
                .map(Picture::path);
    }

    @Override
    public Map<AccountId, String> paths(Tx tx, AccountId tenant, Collection<AccountId> accounts) {
        Map<AccountId, Page> pages = new PageStore(tx).defaults(tenant, accounts);
        return paths(pages, looks(tx, tenant, pages));
    }

    @Override
    public Shown shown(Tx tx, AccountId tenant, Collection<AccountId> accounts) {
        Map<AccountId, Page> pages = new PageStore(tx).defaults(tenant, accounts);
        Map<UUID, Appearance> looks = looks(tx, tenant, pages);
        return new Shown(paths(pages, looks), previews(pages, looks));
    }

    private static Map<UUID, Appearance> looks(Tx tx, AccountId tenant, Map<AccountId, Page> pages) {
        return new AppearanceStore(tx)
                .ofPages(
                        tenant,
                        pages.values().stream().map(page -> page.id().value()).toList());
    }

    private static Map<AccountId, String> paths(Map<AccountId, Page> pages, Map<UUID, Appearance> looks) {
        var paths = new HashMap<AccountId, String>();
        pages.forEach((account, page) -> Optional.ofNullable(looks.get(page.id().value()))
                .flatMap(Appearance::profileImage)
                .filter(Picture::isHere)
                .ifPresent(picture -> paths.put(account, picture.path())));
        return paths;
    }

    /// Their addresses change with the page and its look, so that browsers don't show former ones.
    private static Map<AccountId, String> previews(Map<AccountId, Page> pages, Map<UUID, Appearance> looks) {
        var previews = new HashMap<AccountId, String>();
        pages.forEach((account, page) -> {
            if (page.published()) {
                String content = page + "\n" + looks.get(page.id().value());
                previews.put(
                        account,
                        page.previewPath() + "?v=" + Digests.sha256Hex(content).substring(0, 8));
            }
        });
        return previews;
    }
}

package dev.banyan.pages;

import static dev.banyan.schema.Tables.DELETED_CONTENTS;
import static dev.banyan.schema.Tables.LINKS;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The pictures used by links, including deleted links that can still be restored.
public final class LinkPictureStore extends Store {

    public LinkPictureStore(Tx tx) {
        super(tx);
    }

    public Set<String> named(Owner owner, Set<String> ids) {
        var named = new HashSet<>(sql.select(LINKS.THUMBNAIL_IMAGE)
                .from(LINKS)
                .where(
                        LINKS.TENANT_ID.eq(owner.tenant()),
                        LINKS.ACCOUNT_ID.eq(owner.account()),
                        LINKS.THUMBNAIL_IMAGE.in(ids))
                .fetch(LINKS.THUMBNAIL_IMAGE));
        List<String> deleted = sql.fetchValues(
                DELETED_CONTENTS.CONTENT,
                DELETED_CONTENTS.TENANT_ID.eq(owner.tenant()).and(DELETED_CONTENTS.ACCOUNT_ID.eq(owner.account())));
        ids.stream()
                .filter(id -> deleted.stream().anyMatch(content -> content.contains(id)))
                .forEach(named::add);
        return Set.copyOf(named);
    }
}

package dev.banyan.platform.db;

import dev.banyan.platform.IdentityId;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/// Identity ids are text in the database, like all ids.
public final class IdentityIdConverter extends AbstractConverter<String, IdentityId> {

    private static final long serialVersionUID = 1L;

    public IdentityIdConverter() {
        super(String.class, IdentityId.class);
    }

    @Override
    public @Nullable IdentityId from(@Nullable String text) {
        return text == null ? null : IdentityId.of(text);
    }

    @Override
    public @Nullable String to(@Nullable IdentityId id) {
        return id == null ? null : id.toString();
    }
}

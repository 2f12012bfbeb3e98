package dev.banyan.platform.db;

import dev.banyan.platform.AccountId;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/// Account ids are text in the database, so that a person can read a row.
public final class AccountIdConverter extends AbstractConverter<String, AccountId> {

    private static final long serialVersionUID = 1L;

    public AccountIdConverter() {
        super(String.class, AccountId.class);
    }

    @Override
    public @Nullable AccountId from(@Nullable String text) {
        return text == null ? null : AccountId.of(text);
    }

    @Override
    public @Nullable String to(@Nullable AccountId id) {
        return id == null ? null : id.toString();
    }
}

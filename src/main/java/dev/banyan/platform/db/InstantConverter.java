package dev.banyan.platform.db;

import module java.base;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/// Instants are epoch milliseconds in the database.
public final class InstantConverter extends AbstractConverter<Long, Instant> {

    private static final long serialVersionUID = 1L;

    public InstantConverter() {
        super(Long.class, Instant.class);
    }

    @Override
    public @Nullable Instant from(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public @Nullable Long to(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}

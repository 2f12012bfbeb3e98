package dev.banyan.platform.db;

import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/// Flags are the integers 0 and 1 in both databases: SQLite has no boolean.
public final class FlagConverter extends AbstractConverter<Integer, Boolean> {

    private static final long serialVersionUID = 1L;

    public FlagConverter() {
        super(Integer.class, Boolean.class);
    }

    @Override
    public @Nullable Boolean from(@Nullable Integer flag) {
        return flag == null ? null : flag != 0;
    }

    @Override
    public @Nullable Integer to(@Nullable Boolean flag) {
        return flag == null ? null : flag ? 1 : 0;
    }
}

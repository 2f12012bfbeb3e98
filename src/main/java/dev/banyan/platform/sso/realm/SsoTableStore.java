package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// A table of accounts’ single sign-on, or the one of workspaces for the same: their columns have the same
/// names. Only those of workspaces have `sub_client_id`.
public abstract class SsoTableStore {

    protected final DSLContext sql;
    final Table<?> table;
    private final Field<AccountId> tenant;
    private final Optional<Field<?>> workspace;

    SsoTableStore(Tx tx, Table<?> table) {
        this.sql = tx.sql();
        this.table = table;
        this.tenant = column("tenant_id", AccountId.class);
        this.workspace = Optional.ofNullable(table.field("sub_client_id"));
    }

    /// Returns a column that the tables of both have.
    @SuppressWarnings("unchecked") // its type was compared
    protected final <T> Field<T> column(String name, Class<T> type) {
        Field<?> found = table.field(name);
        if (found == null || found.getType() != type) {
            throw new IllegalStateException(table + " has no column " + name + " of " + type);
        }
        return (Field<T>) found;
    }

    /// Limits a statement to the rows of an owner.
    protected final Condition in(SsoOwner owner) {
        if (workspace.isPresent() != owner.workspace().isPresent()) {
            throw new IllegalArgumentException(table + " has no rows of " + owner);
        }
        Condition ofTenant = tenant.eq(owner.tenant());
        return workspace.map(column -> ofTenant.and(is(column, owner.id()))).orElse(ofTenant);
    }

    private static <T> Condition is(Field<T> column, String id) {
        return column.eq(typed(column, id));
    }

    /// Returns the id as the type that the column has, which `platform` doesn’t know.
    protected static <T> T typed(Field<T> column, String id) {
        return Objects.requireNonNull(DSL.val((Object) id, column).getValue());
    }

    /// Returns the columns that say whose a row is, for one that is written.
    protected final Columns whose(SsoOwner owner) {
        Columns columns = new Columns().with(tenant, owner.tenant());
        workspace.ifPresent(column -> columns.put(column, typed(column, owner.id())));
        return columns;
    }

    /// Returns the column that is the key of an owner.
    protected final Field<?> key() {
        return workspace.orElse(tenant);
    }

    protected final SsoOwner owner(Record row) {
        return new SsoOwner(
                row.get(tenant), workspace.map(column -> row.get(column).toString()));
    }
}

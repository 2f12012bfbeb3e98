package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.StoredProvider;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// Settings of single sign-on.
///
/// @param <S> the row of an owner
public abstract class SsoSettingsStore<S extends StoredProvider> extends SsoTableStore {

    private final Field<String> kind = column("kind", String.class);
    private final Field<String> settings = column("settings", String.class);
    private final Field<String> secret = column("secret", String.class);
    private final Field<Boolean> isPasswordOn = column("is_password_on", Boolean.class);
    private final Field<Boolean> isLinkedPasswordOn = column("is_linked_password_on", Boolean.class);
    private final Field<Instant> createdAt = column("created_at", Instant.class);
    private final Field<Instant> updatedAt = column("updated_at", Instant.class);

    protected SsoSettingsStore(Tx tx, Table<?> sso) {
        super(tx, sso);
    }

    public Optional<S> find(SsoOwner owner) {
        return sql.selectFrom(table).where(in(owner)).fetchOptional(this::read);
    }

    protected abstract S read(Record row);

    public void put(SsoOwner owner, S wanted) {
        Columns columns = new Columns()
                .with(kind, wanted.provider().kind())
                .with(settings, wanted.settings().written())
                .with(secret, wanted.sealedSecret())
                .with(isPasswordOn, wanted.passwordSignIn())
                .with(isLinkedPasswordOn, wanted.linkedPasswords())
                .with(updatedAt, wanted.updatedAt());
        columns.putAll(own(wanted));
        sql.insertInto(table)
                .set(whose(owner))
                .set(columns)
                .set(createdAt, wanted.createdAt())
                .onConflict(key())
                .doUpdate()
                .set(columns)
                .where(in(owner))
                .execute();
    }

    /// Returns the columns that only this kind of owner has.
    protected abstract Columns own(S wanted);

    public boolean delete(SsoOwner owner) {
        return Tx.changed(sql.deleteFrom(table).where(in(owner)));
    }

    @AllTenants("only checks that the secrets can be opened")
    public List<String> sealedSecrets() {
        return sql.select(secret).from(table).where(secret.isNotNull()).fetch(secret);
    }

    /// A secret as it is sealed, and the provider that it is used at.
    public record SealedSecret(SsoOwner owner, SsoSettings settings, String sealed) {}

    @AllTenants("binds secrets to their providers once, after an update")
    public List<SealedSecret> sealedBefore(String prefix) {
        return sql.selectFrom(table)
                .where(secret.startsWith(prefix))
                .fetch(row -> new SealedSecret(owner(row), SsoSettings.read(row.get(settings)), row.get(secret)));
    }

    public void reseal(SsoOwner owner, SealedSecret before, String sealed) {
        sql.update(table)
                .set(secret, sealed)
                .where(in(owner), secret.eq(before.sealed()))
                .execute();
    }
}

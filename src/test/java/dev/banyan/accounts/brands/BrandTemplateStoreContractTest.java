package dev.banyan.accounts.brands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class BrandTemplateStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private final Database database;
    private final AccountId tenant;

    BrandTemplateStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.agency(database).root().id();
    }

    private BrandTemplate stored(String name) {
        var template = new BrandTemplate(
                UUID.randomUUID().toString(), name, Set.of(BrandPart.LOOK, BrandPart.SHORT_LINKS), "harbour", NOW);
        assertThat(insert(template)).isTrue();
        return template;
    }

    private boolean insert(BrandTemplate template) {
        return database.write(tx -> new BrandTemplateStore(tx).insert(tenant, template, NOW));
    }

    private int content(BrandTemplate template, String key, String document) {
        return database.write(tx -> {
            new BrandTemplateStore(tx).insertContent(tenant, template.id(), key, document);
            return 1;
        });
    }

    @Test
    void whatTheLastBrandBeganWithIsTheTenantsOwn() {
        AccountId stranger = StoredAccounts.agency(database).root().id();
        assertThat(lastStart(tenant)).isEmpty();
        database.<Integer>write(tx -> {
            new BrandTemplateStore(tx).setLastStart(tenant, "template:1");
            return 1;
        });
        assertThat(lastStart(tenant)).contains("template:1");
        assertThat(lastStart(stranger)).isEmpty();
    }

    private Optional<String> lastStart(AccountId of) {
        return database.read(tx -> new BrandTemplateStore(tx).lastStart(of));
    }

    @Test
    void aTemplateIsFoundAsItWasStored() {
        BrandTemplate second = stored("b");
        BrandTemplate first = stored("a");
        content(first, "pages", "{}");
        content(first, "short-links", "[]");

        assertThat(database.<List<BrandTemplate>>read(tx -> new BrandTemplateStore(tx).list(tenant)))
                .containsExactly(first, second);
        assertThat(database.<Optional<BrandTemplate>>read(tx -> new BrandTemplateStore(tx).find(tenant, first.id())))
                .contains(first);
        assertThat(database.<Map<String, String>>read(tx -> new BrandTemplateStore(tx).contents(tenant, first.id())))
                .hasSize(2)
                .containsEntry("pages", "{}");
        assertThat(database.<List<String>>read(tx -> new BrandTemplateStore(tx).documents(tenant, "pages")))
                .containsExactly("{}");
        assertThat(insert(new BrandTemplate(UUID.randomUUID().toString(), "a", Set.of(), "x", NOW)))
                .isFalse();
        assertThat(database.<Boolean>read(tx -> new BrandTemplateStore(tx).hasName(tenant, "a")))
                .isTrue();
    }

    @Test
    void aTemplateIsRenamedAndDeleted() {
        BrandTemplate template = stored("a");
        content(template, "pages", "{}");
        assertThat(database.<Boolean>write(tx -> new BrandTemplateStore(tx).rename(tenant, template.id(), "c", NOW)))
                .isTrue();
        assertThat(database.<Boolean>read(tx -> new BrandTemplateStore(tx).hasName(tenant, "c")))
                .isTrue();
        assertThat(database.<Boolean>write(tx -> new BrandTemplateStore(tx).delete(tenant, template.id())))
                .isTrue();
        assertThat(database.<List<String>>read(tx -> new BrandTemplateStore(tx).documents(tenant, "pages")))
                .isEmpty();
    }

    @Test
    void labelsInUseAreListed() {
        var agency = StoredAccounts.agency(database);
        var brand = StoredAccounts.brandOf(database, agency).acting();
        database.write(tx -> {
            new SubAccountStore(tx)
                    .update(
                            agency.root().id(),
                            brand.id(),
                            SubAccountFields.NONE.with(SubAccountField.INTERNAL_LABEL, "retainer"),
                            NOW);
            return true;
        });
        assertThat(database.<List<String>>read(
                        tx -> new SubAccountStore(tx).labels(agency.root().id(), 10)))
                .containsExactly("retainer");
    }
}

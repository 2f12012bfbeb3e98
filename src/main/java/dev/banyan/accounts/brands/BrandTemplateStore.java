package dev.banyan.accounts.brands;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;

final class BrandTemplateStore extends Store {

    BrandTemplateStore(Tx tx) {
        super(tx);
    }

    /// @return false if another template has the name
    boolean insert(AccountId tenant, BrandTemplate template, Instant now) {
        return Tx.changed(sql.insertInto(BRAND_TEMPLATES)
                .set(BRAND_TEMPLATES.ID, template.id())
                .set(BRAND_TEMPLATES.TENANT_ID, tenant)
                .set(BRAND_TEMPLATES.NAME, template.name())
                .set(BRAND_TEMPLATES.PARTS, BrandPart.written(template.parts()))
                .set(BRAND_TEMPLATES.SOURCE, template.source())
                .set(BRAND_TEMPLATES.CREATED_AT, template.createdAt())
                .set(BRAND_TEMPLATES.UPDATED_AT, now)
                .onConflictDoNothing());
    }

    void insertContent(AccountId tenant, String template, String content, String document) {
        sql.insertInto(BRAND_TEMPLATE_CONTENTS)
                .set(BRAND_TEMPLATE_CONTENTS.TENANT_ID, tenant)
                .set(BRAND_TEMPLATE_CONTENTS.TEMPLATE_ID, template)
                .set(BRAND_TEMPLATE_CONTENTS.CONTENT, content)
                .set(BRAND_TEMPLATE_CONTENTS.DOCUMENT, document)
                .execute();
    }

    /// Returns what the last brand began with.
    Optional<String> lastStart(AccountId tenant) {
        return sql.fetchOptionalValue(ACCOUNTS.BRAND_START, ACCOUNTS.ID.eq(tenant));
    }

    void setLastStart(AccountId tenant, String start) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.BRAND_START, start)
                .where(ACCOUNTS.ID.eq(tenant))
                .execute();
    }

    /// Returns all templates by name; an account has few.
    List<BrandTemplate> list(AccountId tenant) {
        return sql.selectFrom(BRAND_TEMPLATES)
                .where(BRAND_TEMPLATES.TENANT_ID.eq(tenant))
                .orderBy(BRAND_TEMPLATES.NAME, BRAND_TEMPLATES.ID)
                .fetch(BrandTemplateStore::template);
    }

    Optional<BrandTemplate> find(AccountId tenant, String id) {
        return sql.selectFrom(BRAND_TEMPLATES).where(of(tenant, id)).fetchOptional(BrandTemplateStore::template);
    }

    boolean hasName(AccountId tenant, String name) {
        return sql.fetchExists(
                BRAND_TEMPLATES, BRAND_TEMPLATES.TENANT_ID.eq(tenant).and(BRAND_TEMPLATES.NAME.eq(name)));
    }

    /// Returns the documents of a template by their content.
    Map<String, String> contents(AccountId tenant, String id) {
        return sql.select(BRAND_TEMPLATE_CONTENTS.CONTENT, BRAND_TEMPLATE_CONTENTS.DOCUMENT)
                .from(BRAND_TEMPLATE_CONTENTS)
                .where(BRAND_TEMPLATE_CONTENTS.TENANT_ID.eq(tenant), BRAND_TEMPLATE_CONTENTS.TEMPLATE_ID.eq(id))
                .fetchMap(BRAND_TEMPLATE_CONTENTS.CONTENT, BRAND_TEMPLATE_CONTENTS.DOCUMENT);
    }

    List<String> documents(AccountId tenant, String content) {
        return sql.fetchValues(
                BRAND_TEMPLATE_CONTENTS.DOCUMENT,
                BRAND_TEMPLATE_CONTENTS.TENANT_ID.eq(tenant).and(BRAND_TEMPLATE_CONTENTS.CONTENT.eq(content)));
    }

    boolean rename(AccountId tenant, String id, String name, Instant now) {
        return Tx.changed(sql.update(BRAND_TEMPLATES)
                .set(BRAND_TEMPLATES.NAME, name)
                .set(BRAND_TEMPLATES.UPDATED_AT, now)
                .where(of(tenant, id)));
    }

    boolean delete(AccountId tenant, String id) {
        return Tx.changed(sql.deleteFrom(BRAND_TEMPLATES).where(of(tenant, id)));
    }

    private static Condition of(AccountId tenant, String id) {
        return BRAND_TEMPLATES.TENANT_ID.eq(tenant).and(BRAND_TEMPLATES.ID.eq(id));
    }

    private static BrandTemplate template(Record row) {
        return new BrandTemplate(
                row.get(BRAND_TEMPLATES.ID),
                row.get(BRAND_TEMPLATES.NAME),
                BrandPart.read(row.get(BRAND_TEMPLATES.PARTS)),
                row.get(BRAND_TEMPLATES.SOURCE),
                row.get(BRAND_TEMPLATES.CREATED_AT));
    }
}

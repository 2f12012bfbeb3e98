package dev.banyan.pages;

import static dev.banyan.schema.Tables.MESSAGE_BUTTONS;
import static dev.banyan.schema.Tables.PAGES;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;

public final class MessageButtonStore extends Store {

    private static final SqlCache FIND = new SqlCache();

    public MessageButtonStore(Tx tx) {
        super(tx);
    }

    public Optional<MessageButton> find(Owner owner, PageId page) {
        return FIND.one(
                        sql,
                        () -> sql.selectFrom(MESSAGE_BUTTONS).where(of(owner, page)),
                        owner.tenant(),
                        owner.account(),
                        page)
                .map(MessageButtonStore::button);
    }

    /// Finds a button for a visitor's click, without a known account.
    @AllTenants("a visitor's request names no account")
    public Optional<MessageButton> findForVisitor(PageId page) {
        return sql.select(MESSAGE_BUTTONS.asterisk())
                .from(MESSAGE_BUTTONS)
                .join(PAGES)
                .onKey()
                .where(MESSAGE_BUTTONS.PAGE_ID.eq(page), PAGES.IS_PUBLISHED.eq(true))
                .fetchOptional(MessageButtonStore::button);
    }

    public void save(Owner owner, MessageButton button, Instant now) {
        sql.insertInto(MESSAGE_BUTTONS)
                .set(MESSAGE_BUTTONS.PAGE_ID, button.page())
                .set(MESSAGE_BUTTONS.TENANT_ID, owner.tenant())
                .set(MESSAGE_BUTTONS.ACCOUNT_ID, owner.account())
                .set(MESSAGE_BUTTONS.POOL_ID, button.pool())
                .set(MESSAGE_BUTTONS.LABEL, button.label())
                .set(MESSAGE_BUTTONS.GREETING, button.greeting())
                .set(MESSAGE_BUTTONS.CLICKS, button.clicks())
                .set(MESSAGE_BUTTONS.UPDATED_AT, now)
                .onConflict(MESSAGE_BUTTONS.PAGE_ID)
                .doUpdate()
                .set(MESSAGE_BUTTONS.POOL_ID, button.pool())
                .set(MESSAGE_BUTTONS.LABEL, button.label())
                .set(MESSAGE_BUTTONS.GREETING, button.greeting())
                .set(MESSAGE_BUTTONS.UPDATED_AT, now)
                .where(of(owner, button.page()))
                .execute();
    }

    boolean delete(Owner owner, PageId page) {
        return Tx.changed(sql.deleteFrom(MESSAGE_BUTTONS).where(of(owner, page)));
    }

    public void addClick(Owner owner, PageId page) {
        sql.update(MESSAGE_BUTTONS)
                .set(MESSAGE_BUTTONS.CLICKS, MESSAGE_BUTTONS.CLICKS.plus(1))
                .where(of(owner, page))
                .execute();
    }

    private static Condition of(Owner owner, PageId page) {
        return MESSAGE_BUTTONS
                .TENANT_ID
                .eq(owner.tenant())
                .and(MESSAGE_BUTTONS.ACCOUNT_ID.eq(owner.account()))
                .and(MESSAGE_BUTTONS.PAGE_ID.eq(page));
    }

    private static MessageButton button(Record row) {
        return new MessageButton(
                new Owner(row.get(MESSAGE_BUTTONS.TENANT_ID), row.get(MESSAGE_BUTTONS.ACCOUNT_ID)),
                row.get(MESSAGE_BUTTONS.PAGE_ID),
                row.get(MESSAGE_BUTTONS.POOL_ID),
                row.get(MESSAGE_BUTTONS.LABEL),
                row.get(MESSAGE_BUTTONS.GREETING),
                row.get(MESSAGE_BUTTONS.CLICKS));
    }
}

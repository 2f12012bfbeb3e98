package dev.banyan.workspaces.administration;

import static dev.banyan.schema.Tables.SUB_CLIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.WorkspaceId;

/// How workspaces look.
public final class WorkspaceBrandStore extends Store {

    public WorkspaceBrandStore(Tx tx) {
        super(tx);
    }

    public void setBrand(AccountId tenant, WorkspaceId id, WorkspaceBrand brand, Instant now) {
        sql.update(SUB_CLIENTS)
                .set(
                        SUB_CLIENTS.BRAND_COLOR,
                        brand.color().map(WorkspaceColor::hex).orElse(null))
                .set(SUB_CLIENTS.MARK_LETTERS, brand.letters().orElse(null))
                .set(SUB_CLIENTS.MARK_PATH, brand.picture().orElse(null))
                .set(SUB_CLIENTS.WELCOME_TEXT, brand.welcome().orElse(null))
                .set(SUB_CLIENTS.LANGUAGE, brand.language().code)
                .set(SUB_CLIENTS.UPDATED_AT, now)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id))
                .execute();
    }
}

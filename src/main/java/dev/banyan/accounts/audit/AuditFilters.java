package dev.banyan.accounts.audit;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The filters of the audit log in an address, as `@BeanParam AuditFilters filters`: the same for its pages, its files
/// and the API.
public final class AuditFilters {

    @Schema(description = "Words of the act, or the beginning of its name or target")
    @QueryParam("q")
    @DefaultValue("")
    public String search = "";

    @Schema(description = "Such as `SubAccountCreated`")
    @QueryParam("action")
    @DefaultValue("")
    public String action = "";

    @Schema(description = "A username")
    @QueryParam("account")
    @DefaultValue("")
    public String account = "";

    @Schema(description = "An email, or `server`")
    @QueryParam("person")
    @DefaultValue("")
    public String person = "";

    @Schema(description = "The first day, such as 2026-11-20")
    @QueryParam("from")
    @DefaultValue("")
    public String from = "";

    @Schema(description = "The last day, such as 2026-11-23")
    @QueryParam("to")
    @DefaultValue("")
    public String to = "";

    AuditQuery query() {
        return query("");
    }

    /// @param scope see [AuditQuery]
    public AuditQuery query(String scope) {
        return new AuditQuery(search, action, account, person, from, to, scope);
    }
}

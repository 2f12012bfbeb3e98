package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FieldErrors;
import java.util.List;
import java.util.Optional;

/**
 * Who is invited to a workspace, and the form that invites somebody, for the project's side and for admins alike.
 * {@code base} is where its forms go, {@code as} the account that they name, {@code users} the page beside it.
 */
public record InvitationList(
        String base,
        Optional<String> as,
        String users,
        String workspace,
        List<Row> rows,
        boolean firstPage,
        Optional<String> next,
        String email,
        String role,
        FieldErrors errors) {

    public record Row(String email, String username, String role, boolean expired, String until) {}

    /** Behind every address of this list. */
    public String query() {
        return as.map(name -> "?as=" + name).orElse("");
    }

    public String nextQuery() {
        return query() + (as.isPresent() ? "&" : "?") + "after=" + next.orElse("");
    }
}

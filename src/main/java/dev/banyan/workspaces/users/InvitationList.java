package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.TimeText;

/// The pending invitations of a workspace and the form for a new one, for the project's side and for admins. `base` is
/// the target of its forms, `as` the account they act for, `users` the page of users. `mailing` says whether this
/// server mails them; `fresh` is the link of one that was just made.
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
        FieldErrors errors,
        boolean mailing,
        Optional<OneTimeLink> fresh) {

    public record Row(String email, String username, String role, boolean expired, TimeText until) {}

    /// The query string of every address in this list.
    public String query() {
        return as.map(name -> "?as=" + name).orElse("");
    }

    public String nextQuery() {
        return query() + (as.isPresent() ? "&" : "?") + "after=" + next.orElse("");
    }
}
